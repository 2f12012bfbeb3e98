package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.ManagedPage;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// Guards the pages about an account's people. A sub-account has none.
@Singleton
final class PeoplePageGuard {

    /// The list of members.
    static final String PATH = "/admin/users";

    private final AccountGuard acting;
    private final PageFrames shells;
    private final ErrorPages errorPages;

    PeoplePageGuard(AccountGuard acting, PageFrames shells, ErrorPages errorPages) {
        this.acting = acting;
        this.shells = shells;
        this.errorPages = errorPages;
    }

    Response page(Call call, String as, Function<AccountContext, Response> work) {
        return acting.page(
                call,
                Optional.of(as),
                context -> context.isSubAccount()
                        ? Html.answer(403, new ManagedPage(shells.of(call, context, NavItem.MEMBERS, "Members")))
                        : work.apply(context));
    }

    Response unknown(Call call) {
        return errorPages.answer(
                call,
                404,
                "Member not found",
                "They may have left the account, or answered the invitation. Go back to your members.");
    }

    /// Returns the path of the list with a toast about what was done.
    static String path(AccountContext context, String done) {
        return PATH + "?as=" + context.root().username() + "&done=" + done;
    }
}
