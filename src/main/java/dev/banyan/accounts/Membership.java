package dev.banyan.accounts;

/// The role and scope that a person acts with in an account.
///
/// @param everything false for a manager of listed sub-accounts, who can't access the account itself
/// @param workspaces whether they may work on projects, workspaces and WhatsApp numbers: owners, and managers who were
///     given this right
/// @param readOnly whether they see what a manager sees, and change nothing
public record Membership(MemberRole role, boolean everything, boolean workspaces, boolean readOnly) {

    /// The permission that managers need for projects and WhatsApp numbers. Not a word of the contract: LinkToMe has
    /// neither.
    public static final String WORKSPACES = "manage:workspaces";

    public static final Membership OWNER = new Membership(MemberRole.OWNER, true, true);

    /// What an operator may do who acts for an account: the work of a manager, and nothing that is for owners
    /// (docs/decisions/0061).
    public static final Membership SUPPORT = new Membership(MemberRole.MANAGER, true, true);

    public Membership(MemberRole role, boolean everything, boolean workspaces) {
        this(role, everything, workspaces, false);
    }

    /// Returns the role's display name together with what it includes.
    public String label() {
        return readOnly ? "Viewer" : role.label(workspaces);
    }

    public boolean isOwner() {
        return role == MemberRole.OWNER;
    }

    private static boolean isRead(String permission) {
        return permission.startsWith("read:");
    }

    /// Returns true if the member has the permission. Owners may do whatever the account may, which its plan and the
    /// operations decide.
    ///
    /// @param permission as LinkToMe calls it, such as `read:users`, or [#WORKSPACES]
    public boolean permits(String permission) {
        return isOwner()
                || (permission.equals(WORKSPACES)
                        ? workspaces
                        : Role.USER_MANAGER.permissions().contains(permission) && (!readOnly || isRead(permission)));
    }
}
