package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.page.NavItem;
import jakarta.ws.rs.core.Response;

/// What the pages about an account's people have in common. A sub-account has none.
final class MemberPages {

    /// The list of members.
    static final String PATH = "/admin/users";

    private MemberPages() {}

    /// @throws EarlyAnswer for a sub-account
    static void refuseSubAccounts(AccountPage page) {
        page.refuseSubAccounts(NavItem.MEMBERS, "Members");
    }

    static EarlyAnswer unknown(AccountPage page) {
        return page.refused(
                404,
                "Member not found",
                "They may have left the account, or answered the invitation. Go back to your members.");
    }

    /// Leads to the list, with a toast about what was done.
    static Response done(AccountPage page, String toast) {
        return page.done(PATH, toast);
    }
}
