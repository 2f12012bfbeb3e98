package dev.banyan.accounts;

/// The role and scope that a person acts with in an account.
///
/// @param everything false for a manager of listed sub-accounts, who can't access the account itself
/// @param workspaces whether they may work on projects, workspaces and WhatsApp numbers: owners, and managers who were
///     given this right
public record Membership(MemberRole role, boolean everything, boolean workspaces) {

    /// The permission that managers need for projects and WhatsApp numbers. Not a word of the contract: LinkToMe has
    /// neither.
    public static final String WORKSPACES = "manage:workspaces";

    public static final Membership OWNER = new Membership(MemberRole.OWNER, true, true);

    public boolean isOwner() {
        return role == MemberRole.OWNER;
    }

    /// Returns true if the member has the permission. Owners may do whatever the account may, which its plan and the
    /// operations decide.
    ///
    /// @param permission as LinkToMe calls it, such as `read:users`, or [#WORKSPACES]
    public boolean permits(String permission) {
        return isOwner()
                || (permission.equals(WORKSPACES)
                        ? workspaces
                        : Role.USER_MANAGER.permissions().contains(permission));
    }
}
