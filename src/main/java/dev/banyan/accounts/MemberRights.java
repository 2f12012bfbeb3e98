package dev.banyan.accounts;

/// What a member may do in an account.
///
/// @param workspaces whether a manager also acts on projects, workspaces and WhatsApp numbers; owners always do
public record MemberRights(MemberRole role, MemberScope scope, boolean workspaces) {

    public static final MemberRights OWNER = new MemberRights(MemberRole.OWNER, MemberScope.ALL, true);

    /// What an invitation gives that asks for nothing else, as LinkToMe has it.
    public static final MemberRights MANAGER = new MemberRights(MemberRole.MANAGER, MemberScope.ALL, false);

    Membership membership() {
        return new Membership(role, scope.everything(), workspaces);
    }

    /// Such as "manager with workspaces", as mails and the audit say it.
    public String summary() {
        return role.key() + (workspaces && role == MemberRole.MANAGER ? " with workspaces" : "");
    }

    /// Whether nothing in `other` is missing here.
    public boolean covers(MemberRights other) {
        return role == MemberRole.OWNER
                || role == other.role && scope.covers(other.scope) && (workspaces || !other.workspaces);
    }
}
