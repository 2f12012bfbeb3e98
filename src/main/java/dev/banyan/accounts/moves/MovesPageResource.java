package dev.banyan.accounts.moves;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountPage;
import dev.banyan.accounts.moves.Moves.Receiver;
import dev.banyan.accounts.moves.Moves.Seen;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.NavItem;
import dev.banyan.platform.web.page.Words;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The pages for brands that move. For owners only (`RouteRights`).
@Path(MovesPageResource.PATH)
@RunOnVirtualThread
class MovesPageResource {

    static final String PATH = "/admin/moves";

    private final Moves moves;
    private final Clock clock;

    MovesPageResource(Moves moves, Clock clock) {
        this.moves = moves;
        this.clock = clock;
    }

    @GET
    public Response list(@Context AccountPage page) {
        return Html.ok(page(page.ofRoot(), Optional.empty()));
    }

    private MovesPage page(AccountPage page, Optional<FormProblem> problem) {
        return new MovesPage(
                page.frame(NavItem.BRANDS, "Transfers"),
                moves.list(page.context()).stream()
                        .map(seen -> row(page.context(), seen))
                        .toList(),
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
                Words.time(move.movedAt().orElse(move.offeredAt())),
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
    public Response choose(@Context AccountPage page, @PathParam("subAccountId") String id) {
        return form(page.ofRoot(), id, "", "", false);
    }

    /// Shows what an offer would do, or makes it.
    ///
    /// @param step `offer` after the summary was read
    @POST
    @Path("brands/{subAccountId}")
    public Response offer(
            @Context AccountPage page,
            @PathParam("subAccountId") String id,
            @FormParam("to") @DefaultValue("") String to,
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("step") @DefaultValue("") String step) {
        return form(page.ofRoot(), id, to, email, step.equals("offer"));
    }

    private Response form(AccountPage page, String id, String to, String email, boolean isOffer) {
        AccountContext context = page.context();
        MoveBrandPage shown = moves.brand(context, id)
                .map(account -> new MoveBrandPage(
                        page.frame(NavItem.BRANDS, "Transfer brand"),
                        account.id().toString(),
                        account.displayName(),
                        account.username(),
                        to.strip(),
                        email.strip(),
                        Optional.empty(),
                        FieldErrors.NONE))
                .orElseThrow(() -> unknown(page));
        if (shown.to().isEmpty() && shown.email().isEmpty()) {
            return page.call().isGet()
                    ? Html.ok(shown)
                    : Html.invalid(
                            shown.with(FieldErrors.from(List.of(new Invalid("to", "Enter who gets the brand.")))));
        }
        Receiver receiver =
                shown.email().isEmpty() ? new Receiver.Agency(shown.to()) : new Receiver.Person(shown.email());
        return isOffer
                ? moves.offer(context, id, receiver)
                        .fold(_ -> page.done(PATH, "brand-offered"), refusal -> refused(page, shown, refusal))
                : moves.plan(context, id, receiver)
                        .fold(
                                plan -> Html.ok(shown.with(MoveSummary.of(plan))),
                                refusal -> refused(page, shown, refusal));
    }

    private static Response refused(AccountPage page, MoveBrandPage shown, Refusal refusal) {
        return switch (refusal) {
            case Refusal.Rejected(var invalid) ->
                Html.invalid(shown.with(FieldErrors.from(invalid.stream()
                        .map(each ->
                                each.field().equals("email") && !shown.email().isEmpty() ? each : each.in("to"))
                        .toList())));
            case Refusal.TooMany(var wait) ->
                Html.tooMany(
                        wait,
                        shown.with(FieldErrors.from(
                                List.of(new Invalid("to", "Too many offers. Try again in an hour.")))));
            default -> throw unknown(page);
        };
    }

    @GET
    @Path("{moveId}/accept")
    public Response read(@Context AccountPage page, @PathParam("moveId") String id) {
        return summary(page.ofRoot(), id);
    }

    private Response summary(AccountPage page, String id) {
        UUID move = Uuids.parse(id).orElseThrow(() -> gone(page));
        Seen seen = moves.find(page.context(), move).orElseThrow(() -> gone(page));
        return moves.planOfAnswer(page.context(), move)
                .fold(
                        plan -> Html.ok(new AcceptMovePage(
                                page.frame(NavItem.BRANDS, "Accept brand"),
                                id,
                                seen.account().displayName(),
                                seen.account().username(),
                                seen.from().username(),
                                MoveSummary.of(plan))),
                        refusal -> refused(page, refusal));
    }

    private Response refused(AccountPage page, Refusal refusal) {
        if (refusal instanceof Refusal.Rejected rejected) {
            var problem = new FormProblem("That didn’t work.", rejected.first().userMessage());
            return Html.answer(409, page(page, Optional.of(problem)));
        }
        throw gone(page);
    }

    @POST
    @Path("{moveId}/accept")
    public Response accept(
            @Context AccountPage page,
            @PathParam("moveId") String id,
            @FormParam("reading") @DefaultValue("") String reading,
            @FormParam("gateways") @DefaultValue("") String gateways) {
        var keeps = new Keeps(reading.equals("true"), gateways.equals("true"));
        return act(page, id, (context, move) -> moves.accept(context, move, keeps), "brand-moved");
    }

    @POST
    @Path("{moveId}/end")
    @WithFormRead
    public Response end(@Context AccountPage page, @PathParam("moveId") String id) {
        return act(page, id, moves::end, "brand-offer-ended");
    }

    @POST
    @Path("{moveId}/undo")
    @WithFormRead
    public Response undo(@Context AccountPage page, @PathParam("moveId") String id) {
        return act(page, id, moves::undo, "brand-move-undone");
    }

    private Response act(
            AccountPage ofAccount, String id, BiFunction<AccountContext, UUID, Outcome<Seen>> work, String done) {
        AccountPage page = ofAccount.ofRoot();
        return Uuids.parse(id)
                .map(move -> work.apply(page.context(), move))
                .orElseGet(Outcome::notFound)
                .fold(_ -> page.done(PATH, done), refusal -> refused(page, refusal));
    }

    private static EarlyAnswer unknown(AccountPage page) {
        return page.refused(404, "Brand not found", "It may have been deleted. Go back to your brands.");
    }

    private static EarlyAnswer gone(AccountPage page) {
        return page.refused(404, "Offer not found", "It may be about a brand that was erased.");
    }
}
