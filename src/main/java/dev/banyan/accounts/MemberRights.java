package dev.banyan.accounts;

/// A member's rights in an account.
///
/// @param workspaces whether a manager may also work on projects, workspaces and WhatsApp numbers; owners always may
/// @param readOnly whether a manager only looks on
public record MemberRights(MemberRole role, MemberScope scope, boolean workspaces, boolean readOnly) {

    public static final MemberRights OWNER = new MemberRights(MemberRole.OWNER, MemberScope.ALL, true);

    /// The rights of an invitation that specifies none, as in LinkToMe.
    public static final MemberRights MANAGER = new MemberRights(MemberRole.MANAGER, MemberScope.ALL, false);

    public MemberRights(MemberRole role, MemberScope scope, boolean workspaces) {
        this(role, scope, workspaces, false);
    }

    /// Returns the rights of people who see what a manager sees, and change nothing.
    public static MemberRights reader(MemberScope scope) {
        return new MemberRights(MemberRole.MANAGER, scope, false, true);
    }

    public Membership membership() {
        return new Membership(role, scope.everything(), workspaces, readOnly);
    }

    /// Returns a summary for mails and the audit log, such as "manager with workspaces".
    public String summary() {
        return readOnly ? "viewer" : role.key() + (workspaces && role == MemberRole.MANAGER ? " with workspaces" : "");
    }
}
