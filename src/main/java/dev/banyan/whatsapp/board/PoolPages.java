package dev.banyan.whatsapp.board;

import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderQuery;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Checks access to the pages of pools: people who act for a root account. A sub-account has no numbers of its own.
@Singleton
final class PoolPages {

    private final AccountGuard acting;
    private final PageFrames shells;
    private final ErrorPages errorPages;

    PoolPages(AccountGuard acting, PageFrames shells, ErrorPages errorPages) {
        this.acting = acting;
        this.shells = shells;
        this.errorPages = errorPages;
    }

    /// Shows the board. For a sub-account, the board names the account that manages it.
    Response show(Call call, Function<AccountContext, Response> work) {
        return acting.page(
                call, context -> context.isSubAccount() ? Html.ok(managed(call, context)) : work.apply(context));
    }

    /// Runs any other page.
    ///
    /// @param as the account that a form was shown for; empty for a link, which has it in its query
    Response act(Call call, String as, Function<AccountContext, Response> work) {
        return acting.page(
                call,
                Optional.of(as),
                context -> context.isSubAccount() ? Html.answer(403, managed(call, context)) : work.apply(context));
    }

    private PoolsPage managed(Call call, AccountContext context) {
        return new PoolsPage(
                shells.of(call, context, NavItem.POOLS, "Pools"),
                context.parent().map(Account::username),
                new BoardFilter("", Map.of(), SenderQuery.ALL, Optional.empty(), Optional.empty()),
                BoardView.NONE,
                "",
                0);
    }

    Response unknown(Call call) {
        return errorPages.answer(
                call,
                404,
                "There is nothing at this address",
                "The sender may be removed, or it belongs to an account you cannot see. Start from your pools.");
    }

    /// @param sender the sender to highlight; empty for none
    static String boardPath(AccountContext context, String done, String sender) {
        return "/admin/pools?as=" + context.root().username() + "&done=" + done
                + (sender.isEmpty() ? "" : "#sender-" + sender);
    }

    static String linkPath(AccountContext context, SenderId sender) {
        return "/admin/pools/" + sender + "/link?as=" + context.root().username();
    }

    static Optional<Sender> find(Pools.Overview overview, String id) {
        return overview.senders()
                .filter(sender -> sender.id().value().equals(id))
                .findFirst();
    }

    /// Returns the options for moving servants.
    static List<Choice> otherMasters(Pools.Overview overview, SenderId except) {
        Function<Sender, String> label = master -> master.phone()
                .map(phone -> master.displayName() + " (" + phone + ")")
                .orElse(master.displayName());
        return overview.pools().stream()
                .map(Pool::master)
                .filter(master -> !master.id().equals(except))
                .map(master -> new Choice(master.id().value(), label.apply(master)))
                .toList();
    }
}
