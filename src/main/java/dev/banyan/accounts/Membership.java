package dev.banyan.accounts;

/// As what somebody acts for an account.
///
/// @param everything false for a manager of listed sub-accounts, to whom the account itself is closed
/// @param workspaces whether they act on projects, workspaces and WhatsApp numbers: owners, and managers who were
///     given it
public record Membership(MemberRole role, boolean everything, boolean workspaces) {

    /// What is asked of managers on all of the project's side and on its numbers. No word of the contract: LinkToMe has
    /// neither.
    public static final String WORKSPACES = "manage:workspaces";

    public static final Membership OWNER = new Membership(MemberRole.OWNER, true, true);

    public boolean isOwner() {
        return role == MemberRole.OWNER;
    }

    /// Owners may do whatever an account may; which that is, its plan and the operations say.
    ///
    /// @param permission as LinkToMe calls it, such as `read:users`, or [#WORKSPACES]
    public boolean permits(String permission) {
        return isOwner()
                || (permission.equals(WORKSPACES)
                        ? workspaces
                        : Role.USER_MANAGER.permissions().contains(permission));
    }
}
