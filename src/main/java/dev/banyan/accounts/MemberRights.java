package dev.banyan.accounts;

import dev.banyan.accounts.keys.KeyRoutes;
import java.util.Optional;

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
    private boolean covers(MemberRights other) {
        return role == MemberRole.OWNER
                || role == other.role && scope.covers(other.scope) && (workspaces || !other.workspaces);
    }

    /// Whether these rights may be given by whoever acts. People who get this far may. A key passes on no more
    /// than it holds: it neither makes owners nor changes them, gives no workspaces, which it can't enter, and adds
    /// to what a manager may do only where it can do all of that. Its scope needs no check: the operations ask that
    /// the member who answers for it owns the account.
    ///
    /// @param now what the member has already; empty for an invitation
    public boolean mayBeGivenBy(AccountContext context, Optional<MemberRights> now) {
        if (!context.isKey()) {
            return true;
        }
        if (role == MemberRole.OWNER
                || now.filter(rights -> rights.role == MemberRole.OWNER).isPresent()) {
            return false;
        }
        return now.filter(rights -> rights.covers(this)).isPresent()
                || !addsWorkspaces(now)
                        && context.holds(Role.USER_MANAGER.permissions().stream()
                                .filter(KeyRoutes::isUsable)
                                .toList());
    }

    private boolean addsWorkspaces(Optional<MemberRights> now) {
        return workspaces && now.filter(MemberRights::workspaces).isEmpty();
    }
}
