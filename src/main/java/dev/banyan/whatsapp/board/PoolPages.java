package dev.banyan.whatsapp.board;

import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderQuery;
import dev.banyan.whatsapp.history.MessageHistory;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Checks access to the pages of pools: people who act for a root account. A sub-account has no numbers of its own.
/// Also draws what all these pages have.
@Singleton
public final class PoolPages {

    public static final String BOARD = "/admin/pools";

    private final AccountGuard acting;
    private final Pools pools;
    private final MessageHistory history;
    private final Liveness liveness;
    private final PageFrames shells;
    private final ErrorPages errorPages;
    private final Clock clock;

    PoolPages(
            AccountGuard acting,
            Pools pools,
            MessageHistory history,
            Liveness liveness,
            PageFrames shells,
            ErrorPages errorPages,
            Clock clock) {
        this.acting = acting;
        this.pools = pools;
        this.history = history;
        this.liveness = liveness;
        this.shells = shells;
        this.errorPages = errorPages;
        this.clock = clock;
    }

    /// Shows the board. For a sub-account, the board names the account that manages it.
    Response show(Call call, Function<AccountContext, Response> work) {
        return acting.page(
                call, context -> context.isSubAccount() ? Html.ok(managed(call, context)) : work.apply(context));
    }

    /// Runs any other page.
    ///
    /// @param as the account that a form was shown for; empty for a link, which has it in its query
    public Response act(Call call, String as, Function<AccountContext, Response> work) {
        return acting.page(
                call,
                Optional.of(as),
                context -> context.isSubAccount() ? Html.answer(403, managed(call, context)) : work.apply(context));
    }

    /// The work of a page on the sender in its path.
    public interface OnSender {
        Response answer(AccountContext context, Sender sender);
    }

    /// Runs a page of a master or a servant.
    public Response onSender(Call call, String id, String as, OnSender work) {
        return act(call, as, context -> on(call, context, sender(context, id), work));
    }

    Response onMaster(Call call, String id, String as, OnSender work) {
        return act(call, as, context -> on(call, context, sender(context, id).filter(Sender::isMaster), work));
    }

    /// Runs a page about the messages of a pool, whose master may have been removed.
    Response onPool(Call call, String id, String as, OnSender work) {
        return act(
                call,
                as,
                context -> on(
                        call,
                        context,
                        sender(context, id).filter(Sender::isMaster).or(() -> removed(context, id)),
                        work));
    }

    private Optional<Sender> removed(AccountContext context, String id) {
        AccountId tenant = context.root().id();
        return SenderId.parse(id)
                .filter(known -> sender(context, id).isEmpty() && history.isKnown(tenant, known))
                .map(known -> Sender.fresh(
                        known,
                        tenant,
                        new Sender.Role.Master(MasterType.PRIMARY),
                        known.value(),
                        Optional.empty(),
                        DriverKind.SIMULATOR,
                        clock.instant()));
    }

    /// Returns whether a pool that [#onPool] found has lost its master.
    boolean isRemoved(Sender master) {
        return pools.sender(master.tenant(), master.id()).isEmpty();
    }

    Response onServant(Call call, String id, String as, OnSender work) {
        return act(call, as, context -> on(call, context, sender(context, id).filter(one -> !one.isMaster()), work));
    }

    private Response on(Call call, AccountContext context, Optional<Sender> sender, OnSender work) {
        return sender.map(found -> work.answer(context, found)).orElseGet(() -> unknown(call));
    }

    private Optional<Sender> sender(AccountContext context, String id) {
        return SenderId.parse(id).flatMap(known -> pools.sender(context.root().id(), known));
    }

    public PageFrame frame(Call call, AccountContext context, String title) {
        return shells.of(call, context, NavItem.POOLS, title);
    }

    SenderView view(Sender sender) {
        return SenderView.of(sender, liveness.isHealthy(sender), clock.instant());
    }

    private PoolsPage managed(Call call, AccountContext context) {
        return new PoolsPage(
                frame(call, context, "Numbers"),
                context.parent().map(Account::username),
                new BoardFilter("", Map.of(), SenderQuery.ALL, Optional.empty(), Optional.empty()),
                BoardView.NONE,
                List.of(),
                "",
                0);
    }

    public Response unknown(Call call) {
        return errorPages.answer(
                call,
                404,
                "Page not found",
                "The number may have been removed, or you can’t see its account. Start from your pools.");
    }

    /// Answers what an operation refused.
    ///
    /// @param again shows the form with the errors
    public Response refused(Call call, Refusal refusal, Function<List<Invalid>, Response> again) {
        return switch (refusal) {
            case Refusal.NotFound _ -> unknown(call);
            case Refusal.Rejected(List<Invalid> invalid) -> again.apply(invalid);
            case Refusal.Forbidden _, Refusal.TooMany _, Refusal.LimitReached _, Refusal.ReadOnly _, Refusal.Conflict _ ->
                throw new IllegalStateException("Nothing about senders is refused so: " + refusal);
        };
    }

    /// @param sender the sender to highlight; empty for none
    static String boardPath(AccountContext context, String done, String sender) {
        return BOARD + "?as=" + context.root().username() + "&done=" + done
                + (sender.isEmpty() ? "" : "#sender-" + sender);
    }

    public static String linkPath(AccountContext context, SenderId sender) {
        return BOARD + "/" + sender + "/link?as=" + context.root().username();
    }

    /// Returns the options for moving servants.
    static List<Choice> otherMasters(Pools.Overview overview, SenderId except) {
        return overview.pools().stream()
                .map(Pool::master)
                .filter(master -> !master.id().equals(except))
                .map(master -> new Choice(
                        master.id().value(),
                        master.displayName()
                                + master.phone()
                                        .map(phone -> " (" + phone + ")")
                                        .orElse("")))
                .toList();
    }
}
