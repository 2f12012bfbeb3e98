package dev.banyan.accounts;

/// A member's rights in an account.
///
/// @param workspaces whether a manager may also work on projects, workspaces and WhatsApp numbers; owners always may
public record MemberRights(MemberRole role, MemberScope scope, boolean workspaces) {

    public static final MemberRights OWNER = new MemberRights(MemberRole.OWNER, MemberScope.ALL, true);

    /// The rights of an invitation that specifies none, as in LinkToMe.
    public static final MemberRights MANAGER = new MemberRights(MemberRole.MANAGER, MemberScope.ALL, false);

    Membership membership() {
        return new Membership(role, scope.everything(), workspaces);
    }

    /// Returns a summary for mails and the audit log, such as "manager with workspaces".
    public String summary() {
        return role.key() + (workspaces && role == MemberRole.MANAGER ? " with workspaces" : "");
    }

    /// Returns true if these rights include all of `other`.
    public boolean covers(MemberRights other) {
        return role == MemberRole.OWNER
                || role == other.role && scope.covers(other.scope) && (workspaces || !other.workspaces);
    }
}
