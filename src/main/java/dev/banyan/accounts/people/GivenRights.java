package dev.banyan.accounts.people;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.MemberRights;
import dev.banyan.accounts.MemberRole;
import dev.banyan.accounts.Role;
import dev.banyan.accounts.keys.KeyRoutes;
import java.util.Optional;

/// The rights that a member is to get.
///
/// @param now the member's current rights; empty for an invitation
record GivenRights(MemberRights rights, Optional<MemberRights> now) {

    /// Returns true if the acting caller may give these rights. People who get this far may. A key passes on no more
    /// than it holds: it neither makes owners nor changes them, gives no workspaces, which only people give, and
    /// extends a manager's rights only if it has all of those rights itself. Its scope needs no check: the
    /// operations require that the member who is responsible for it owns the account.
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
