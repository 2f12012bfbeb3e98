package dev.banyan.whatsapp.access;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.answer.Noun;
import dev.banyan.platform.web.answer.PageShape;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.request.FormAccount;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.MessageHistory;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/// Makes [PoolPage] available as a parameter of resource methods. A sub-account has no numbers of its own: it is told
/// which account manages them.
@Singleton
public record PoolPages(
        AccountGuard guard,
        Pools pools,
        MessageHistory history,
        Liveness liveness,
        PageFrames frames,
        ErrorPages errorPages,
        ManagedAnswers managed,
        Clock clock) {

    @Produces
    @Dependent
    @Unremovable
    PoolPage page(Call call, UriInfo address) {
        return open(call, address.getPathParameters()::getFirst, FormAccount.named(), 403);
    }

    /// Opens the board, to which the menu also leads sub-accounts.
    public PoolPage board(Call call) {
        return open(call, _ -> "", "", 200);
    }

    /// @param status for a sub-account
    private PoolPage open(Call call, UnaryOperator<String> inPath, String as, int status) {
        var page = new PoolPage(call, inPath, guard.pageAccount(call, as));
        if (page.context().isSubAccount()) {
            throw new EarlyAnswer(managed.answer(page, status));
        }
        page.keep(call.routing());
        return page;
    }

    /// A request for a page about pools, by someone who acts for a root account: `@Context PoolPage page`. Who may not
    /// see it has been answered by then. Also draws what all these pages have.
    public final class PoolPage implements PageShape {

        public static final String BOARD = "/admin/pools";

        private static final Noun NUMBER = Noun.of("Number");

        private final Call call;
        private final UnaryOperator<String> inPath;
        private final AccountContext context;

        private PoolPage(Call call, UnaryOperator<String> inPath, AccountContext context) {
            this.call = call;
            this.inPath = inPath;
            this.context = context;
        }

        public Call call() {
            return call;
        }

        public AccountContext context() {
            return context;
        }

        /// Returns the account that the numbers belong to.
        public AccountId tenant() {
            return context.root().id();
        }

        public Actor actor() {
            return context.actor();
        }

        public Optional<String> query(String name) {
            return call.query(name);
        }

        public boolean isHtmx() {
            return call.isHtmx();
        }

        /// Returns the master that the path names.
        ///
        /// @throws Refused if there is no such master
        public Sender master() {
            return named("masterId").filter(Sender::isMaster).orElseThrow(PoolPage::notFound);
        }

        /// @throws Refused if there is no such servant
        public Sender servant() {
            return named("senderId").filter(Predicate.not(Sender::isMaster)).orElseThrow(PoolPage::notFound);
        }

        /// @throws Refused if there is neither a master nor a servant of this id
        public Sender sender() {
            return named("senderId").orElseThrow(PoolPage::notFound);
        }

        /// Returns the master of a pool whose messages are asked for. It may have been removed.
        ///
        /// @throws Refused if there was none of this id
        public Sender pool() {
            String id = inPath.apply("masterId");
            Optional<Sender> found = named("masterId");
            return found.filter(Sender::isMaster)
                    .or(() -> SenderId.parse(id)
                            .filter(known -> found.isEmpty() && history.isKnown(tenant(), known))
                            .map(this::removed))
                    .orElseThrow(PoolPage::notFound);
        }

        private Optional<Sender> named(String parameter) {
            return SenderId.parse(inPath.apply(parameter)).flatMap(known -> pools.sender(tenant(), known));
        }

        private Sender removed(SenderId id) {
            return Sender.fresh(
                    id,
                    tenant(),
                    new Sender.Role.Master(MasterType.PRIMARY),
                    id.value(),
                    Optional.empty(),
                    DriverKind.SIMULATOR,
                    clock.instant());
        }

        /// Returns whether a pool that [#pool] found has lost its master.
        public boolean isRemoved(Sender master) {
            return pools.sender(tenant(), master.id()).isEmpty();
        }

        public PageFrame frame(String title) {
            return frames.of(call, context, NavItem.POOLS, title);
        }

        public SenderView view(Sender sender) {
            return SenderView.of(sender, liveness.isHealthy(sender), clock.instant());
        }

        /// Returns the address of another page of the same account.
        ///
        /// @param below what follows the address of the board: `/alerts`
        public String path(String below) {
            return BOARD + below + "?as=" + context.root().username();
        }

        public String linkPath(Sender sender) {
            return path("/" + sender.id() + "/link");
        }

        /// Returns the address of what a pool sends and receives.
        public String messagesPath(Sender master) {
            return path("/" + master.id() + "/messages");
        }

        /// Returns all masters, to choose one.
        public static List<Choice> masters(Pools.Overview overview) {
            return overview.pools().stream()
                    .map(Pool::master)
                    .map(master -> new Choice(master.id().value(), master.shownName()))
                    .toList();
        }

        /// Returns the options for moving servants.
        public static List<Choice> otherMasters(Pools.Overview overview, SenderId except) {
            return overview.pools().stream()
                    .map(Pool::master)
                    .filter(master -> !master.id().equals(except))
                    .map(master -> new Choice(
                            master.id().value(),
                            master.shownName()
                                    + master.phone()
                                            .map(phone -> " (" + phone + ")")
                                            .orElse("")))
                    .toList();
        }

        /// Returns what is thrown where a page is about something that doesn’t exist.
        public static Refused notFound() {
            return Refused.notFound(NUMBER);
        }

        /// Returns what is thrown where an act on a number was refused.
        public static Refused refused(Refusal refusal) {
            return new Refused(refusal, NUMBER);
        }

        /// Returns the toast about an act.
        ///
        /// @param conflict if the state of the thing didn’t allow it
        public static String toast(Outcome<?> outcome, String done, String conflict) {
            return switch (outcome) {
                case Outcome.Done<?> _ -> done;
                case Outcome.Refused<?>(Refusal.Conflict _) -> conflict;
                case Outcome.Refused<?>(Refusal refusal) -> throw refused(refusal);
            };
        }

        /// Answers what an operation refused.
        ///
        /// @param again shows the form with the errors; a conflict is one of no field
        public Response refused(Refusal refusal, Function<List<Invalid>, Response> again) {
            return switch (refusal) {
                case Refusal.Rejected(List<Invalid> invalid) -> again.apply(invalid);
                case Refusal.Conflict(String why) -> again.apply(List.of(Invalid.whole(sentence(why))));
                case Refusal.NotFound _,
                        Refusal.Forbidden _,
                        Refusal.TooMany _,
                        Refusal.LimitReached _,
                        Refusal.ReadOnly _ -> answer(new Refused(refusal, NUMBER));
            };
        }

        /// Pages end their sentences with a full stop, where the API does not.
        public static String sentence(String text) {
            return text.endsWith(".") ? text : text + ".";
        }

        @Override
        public Response answer(Refused refused) {
            return switch (refused.refusal()) {
                case Refusal.NotFound _ ->
                    errorPages.answer(
                            call,
                            404,
                            "Page not found",
                            "The number may have been removed, or you can’t see its account. Start from your pools.");
                case Refusal.Rejected _,
                        Refusal.Forbidden _,
                        Refusal.TooMany _,
                        Refusal.LimitReached _,
                        Refusal.ReadOnly _,
                        Refusal.Conflict _ ->
                    throw new IllegalStateException("Nothing about senders is refused so: " + refused);
            };
        }
    }
}
