package dev.banyan.accounts.moves;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.PageFrames;
import dev.banyan.accounts.moves.Moves.Receiver;
import dev.banyan.accounts.moves.Moves.Seen;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The pages for brands that move. For owners only (`RouteRights`).
@Path(MovesPageResource.PATH)
@RunOnVirtualThread
class MovesPageResource {

    static final String PATH = "/admin/moves";

    private final AccountGuard acting;
    private final Moves moves;
    private final PageFrames shells;
    private final ErrorPages errorPages;
    private final Clock clock;

    MovesPageResource(AccountGuard acting, Moves moves, PageFrames shells, ErrorPages errorPages, Clock clock) {
        this.acting = acting;
        this.moves = moves;
        this.shells = shells;
        this.errorPages = errorPages;
        this.clock = clock;
    }

    @GET
    public Response list(@Context Call call) {
        return acting.page(call, context -> Html.ok(page(call, context.ofRoot(), Optional.empty())));
    }

    private MovesPage page(Call call, AccountContext context, Optional<FormProblem> problem) {
        return new MovesPage(
                shells.of(call, context, NavItem.BRANDS, "Transfers"),
                moves.list(context).stream().map(seen -> row(context, seen)).toList(),
                problem);
    }

    private MovesPage.Row row(AccountContext context, Seen seen) {
        Move move = seen.move();
        Instant now = clock.instant();
        boolean isGiven = move.from().equals(context.root().id());
        boolean isOpen = move.isOpen(now);
        boolean isOver = move.state() == Move.State.OFFERED && !isOpen;
        return new MovesPage.Row(
                move.id().toString(),
                seen.account().displayName(),
                isGiven
                        ? seen.to()
                                .filter(_ -> move.kind() == Move.Kind.TRANSFER)
                                .map(to -> "@" + to.username())
                                .or(move::email)
                                .orElse("")
                        : "@" + seen.from().username(),
                isGiven,
                isOver ? "idle" : tone(move.state()),
                isOver ? "Expired" : word(move.state()),
                Words.moment(move.movedAt().orElse(move.offeredAt())),
                isOpen
                        ? Optional.of("until " + Words.day(move.endsAt()))
                        : move.undoUntil()
                                .filter(_ -> move.canBeUndone(now))
                                .map(until -> "can be undone until " + Words.moment(until)),
                isOpen && !isGiven,
                isOpen && isGiven,
                move.canBeUndone(now));
    }

    private static String tone(Move.State state) {
        return switch (state) {
            case OFFERED -> "info";
            case MOVED -> "good";
            case DECLINED, CANCELED, UNDONE -> "idle";
        };
    }

    private static String word(Move.State state) {
        return switch (state) {
            case OFFERED -> "Offered";
            case MOVED -> "Moved";
            case DECLINED -> "Declined";
            case CANCELED -> "Canceled";
            case UNDONE -> "Undone";
        };
    }

    @GET
    @Path("brands/{subAccountId}")
    public Response choose(@Context Call call, @PathParam("subAccountId") String id) {
        return acting.page(call, context -> form(call, context.ofRoot(), id, "", "", false));
    }

    /// Shows what an offer would do, or makes it.
    ///
    /// @param step `offer` after the summary was read
    @POST
    @Path("brands/{subAccountId}")
    public Response offer(
            @Context Call call,
            @PathParam("subAccountId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("to") @DefaultValue("") String to,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("step") @DefaultValue("") String step) {
        return acting.page(
                call, Optional.of(as), context -> form(call, context.ofRoot(), id, to, email, step.equals("offer")));
    }

    private Response form(Call call, AccountContext context, String id, String to, String email, boolean isOffer) {
        Optional<MoveBrandPage> empty = moves.brand(context, id)
                .map(account -> new MoveBrandPage(
                        shells.of(call, context, NavItem.BRANDS, "Transfer brand"),
                        account.id().toString(),
                        account.displayName(),
                        account.username(),
                        to.strip(),
                        email.strip(),
                        Optional.empty(),
                        FieldErrors.NONE));
        if (empty.isEmpty()) {
            return unknown(call);
        }
        MoveBrandPage page = empty.get();
        if (page.to().isEmpty() && page.email().isEmpty()) {
            return call.isGet()
                    ? Html.ok(page)
                    : Html.invalid(
                            page.with(FieldErrors.from(List.of(new Invalid("to", "Enter who gets the brand.")))));
        }
        Receiver receiver = page.email().isEmpty() ? new Receiver.Agency(page.to()) : new Receiver.Person(page.email());
        return isOffer
                ? moves.offer(context, id, receiver)
                        .fold(_ -> back(call, context, "brand-offered"), refusal -> refused(call, page, refusal))
                : moves.plan(context, id, receiver)
                        .fold(
                                plan -> Html.ok(page.with(MoveSummary.of(plan))),
                                refusal -> refused(call, page, refusal));
    }

    private Response refused(Call call, MoveBrandPage page, Refusal refusal) {
        return switch (refusal) {
            case Refusal.Rejected(var invalid) ->
                Html.invalid(page.with(FieldErrors.from(invalid.stream()
                        .map(each ->
                                each.field().equals("email") && !page.email().isEmpty() ? each : each.in("to"))
                        .toList())));
            case Refusal.TooMany(var wait) ->
                Html.tooMany(
                        wait,
                        page.with(FieldErrors.from(
                                List.of(new Invalid("to", "Too many offers. Try again in an hour.")))));
            default -> unknown(call);
        };
    }

    @GET
    @Path("{moveId}/accept")
    public Response read(@Context Call call, @PathParam("moveId") String id) {
        return acting.page(call, context -> summary(call, context.ofRoot(), id).orElseGet(() -> gone(call)));
    }

    private Optional<Response> summary(Call call, AccountContext context, String id) {
        return Uuids.parse(id)
                .flatMap(move -> moves.find(context, move)
                        .map(seen -> moves.planOfAnswer(context, move)
                                .fold(
                                        plan -> Html.ok(new AcceptMovePage(
                                                shells.of(call, context, NavItem.BRANDS, "Accept brand"),
                                                id,
                                                seen.account().displayName(),
                                                seen.account().username(),
                                                seen.from().username(),
                                                MoveSummary.of(plan))),
                                        refusal -> refused(call, context, refusal))));
    }

    private Response refused(Call call, AccountContext context, Refusal refusal) {
        return refusal instanceof Refusal.Rejected rejected
                ? Html.answer(
                        409,
                        page(
                                call,
                                context,
                                Optional.of(new FormProblem(
                                        "That didn’t work.", rejected.first().userMessage()))))
                : gone(call);
    }

    @POST
    @Path("{moveId}/accept")
    public Response accept(
            @Context Call call,
            @PathParam("moveId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @FormParam("reading") @DefaultValue("") String reading,
            @FormParam("gateways") @DefaultValue("") String gateways) {
        var keeps = new Keeps(reading.equals("true"), gateways.equals("true"));
        return act(call, as, id, (context, move) -> moves.accept(context, move, keeps), "brand-moved");
    }

    @POST
    @Path("{moveId}/end")
    public Response end(
            @Context Call call, @PathParam("moveId") String id, @FormParam("as") @DefaultValue("") String as) {
        return act(call, as, id, moves::end, "brand-offer-ended");
    }

    @POST
    @Path("{moveId}/undo")
    public Response undo(
            @Context Call call, @PathParam("moveId") String id, @FormParam("as") @DefaultValue("") String as) {
        return act(call, as, id, moves::undo, "brand-move-undone");
    }

    private Response act(
            Call call, String as, String id, BiFunction<AccountContext, UUID, Outcome<Seen>> work, String done) {
        return acting.page(call, Optional.of(as), acted -> {
            AccountContext context = acted.ofRoot();
            return Uuids.parse(id)
                    .map(move -> work.apply(context, move))
                    .orElseGet(Outcome::notFound)
                    .fold(_ -> back(call, context, done), refusal -> refused(call, context, refusal));
        });
    }

    private Response unknown(Call call) {
        return errorPages.answer(call, 404, "Brand not found", "It may have been deleted. Go back to your brands.");
    }

    private Response gone(Call call) {
        return errorPages.answer(call, 404, "Offer not found", "It may be about a brand that was erased.");
    }

    private static Response back(Call call, AccountContext context, String done) {
        return Html.seeOther(call, PATH + "?as=" + context.acting().username() + "&done=" + done);
    }
}
