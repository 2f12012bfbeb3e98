package dev.banyan.accounts.people;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.MemberRights;
import dev.banyan.accounts.MemberRole;
import dev.banyan.accounts.Role;
import dev.banyan.accounts.keys.KeyRoutes;
import java.util.Optional;

/// What a member is to be given.
///
/// @param now what the member has already; empty for an invitation
record GivenRights(MemberRights rights, Optional<MemberRights> now) {

    /// Whether these rights may be given by whoever acts. People who get this far may. A key passes on no more
    /// than it holds: it neither makes owners nor changes them, gives no workspaces, which it can't enter, and adds
    /// to what a manager may do only where it can do all of that. Its scope needs no check: the operations ask that
    /// the member who answers for it owns the account.
    boolean mayBeGivenBy(AccountContext context) {
        if (!context.isKey()) {
            return true;
        }
        if (rights.role() == MemberRole.OWNER
                || now.filter(had -> had.role() == MemberRole.OWNER).isPresent()) {
            return false;
        }
        return now.filter(had -> had.covers(rights)).isPresent()
                || !addsWorkspaces()
                        && context.holds(Role.USER_MANAGER.permissions().stream()
                                .filter(KeyRoutes::isUsable)
                                .toList());
    }

    private boolean addsWorkspaces() {
        return rights.workspaces() && now.filter(MemberRights::workspaces).isEmpty();
    }
}
