package dev.banyan.accounts.moves;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AccountGuard;
import dev.banyan.accounts.context.RootRequest;
import dev.banyan.accounts.context.SignedInRequest;
import dev.banyan.accounts.moves.Moves.Receiver;
import dev.banyan.accounts.moves.Moves.Seen;
import dev.banyan.accounts.settings.RecentProof;
import dev.banyan.accounts.settings.RecentProofFilter;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Handing sub-accounts over: to another agency, or to a person as their own account.
@Path("/api/admin")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Transfers", description = "Sub-accounts that move to another agency, or become independent accounts.")
class MovesResource {

    private static final String KEEPS_GATEWAYS =
            "Keeps numbers connected at the gateways of the former agency, which see all of their messages; default false";
    private static final String UNKNOWN = "Transfer not found";

    @NoOtherFields
    record TransferBody(
            @Schema(description = "Id or username of the sub-account; required")
            Optional<String> subAccountId,

            @Schema(description = "Username of the agency that gets it; required")
            Optional<String> to,

            @Schema(description = "Only says what would happen; default false")
            Optional<Boolean> dryRun,

            @Schema(description = "Needed if the last proof of identity is more than 15 minutes old")
            Optional<String> password) {}

    @NoOtherFields
    @Schema(requiredProperties = {"subAccountId", "email"})
    record ConversionBody(
            @Schema(description = "Id or username of the sub-account; required")
            Optional<String> subAccountId,

            @Schema(description = "The person whose own account it becomes; required")
            Optional<String> email,

            @Schema(description = "Only says what would happen; default false")
            Optional<Boolean> dryRun,

            @Schema(description = "Needed if the last proof of identity is more than 15 minutes old")
            Optional<String> password) {}

    @NoOtherFields
    record AnswerBody(
            @Schema(description = "Required") Optional<String> transferId,

            @Schema(description = "Only says what would happen; default false")
            Optional<Boolean> dryRun,

            @Schema(description = "Lets the owners of the former agency look at it; default false")
            Optional<Boolean> keepReadAccess,

            @Schema(description = KEEPS_GATEWAYS) Optional<Boolean> keepGateways,

            @Schema(description = "Needed if the last proof of identity is more than 15 minutes old")
            Optional<String> password) {

        Keeps keeps() {
            return new Keeps(keepReadAccess.orElse(false), keepGateways.orElse(false));
        }
    }

    @NoOtherFields
    record ConversionAnswerBody(
            @Schema(description = "From the link in the email; required")
            Optional<String> token,

            @Schema(description = "Lets the owners of the former agency look at it; default false")
            Optional<Boolean> keepReadAccess,

            @Schema(description = KEEPS_GATEWAYS) Optional<Boolean> keepGateways,

            @Schema(description = "Needed if the last proof of identity is more than 15 minutes old")
            Optional<String> password) {

        Keeps keeps() {
            return new Keeps(keepReadAccess.orElse(false), keepGateways.orElse(false));
        }
    }

    @NoOtherFields
    record UndoBody(
            @Schema(description = "Required") Optional<String> transferId,

            @Schema(description = "Needed if the last proof of identity is more than 15 minutes old")
            Optional<String> password) {}

    record Converted(String message, Party account) {}

    @NoOtherFields
    record TransferIdBody(@Schema(description = "Required") Optional<String> transferId) {}

    record Party(AccountId id, String username, String displayName) {

        static Party of(Account account) {
            return new Party(account.id(), account.username(), account.displayName());
        }
    }

    /// @param kind transfer or conversion
    /// @param state offered, moved, declined, canceled or undone
    @JsonInclude(Include.NON_ABSENT)
    record TransferView(
            UUID id,
            @Schema(implementation = Move.Kind.class) String kind,
            @Schema(implementation = Move.State.class) String state,
            Party subAccount,
            Party from,
            Optional<Party> to,
            Optional<String> email,
            Instant offeredAt,
            Instant endsAt,
            Optional<Instant> movedAt,
            Optional<Instant> undoUntil) {

        static TransferView of(Seen seen) {
            Move move = seen.move();
            return new TransferView(
                    move.id(),
                    move.kind().key(),
                    move.state().key(),
                    Party.of(seen.account()),
                    Party.of(seen.from()),
                    seen.to().map(Party::of),
                    move.email(),
                    move.offeredAt(),
                    move.endsAt(),
                    move.movedAt(),
                    move.undoUntil());
        }
    }

    record TransferList(List<TransferView> transfers) {}

    record TransferDone(String message, TransferView transfer) {}

    /// @param moves how much goes along, by name
    /// @param flagged what the plan there has no room for
    /// @param stays what stays behind, and why
    /// @param ends what of the former side ends
    /// @param review what goes on, and deserves a look
    /// @param obstacles why it can't move now; empty if it can
    record DryRun(
            boolean dryRun,
            String to,
            Map<String, Long> moves,
            List<String> flagged,
            List<String> stays,
            List<String> ends,
            List<String> review,
            List<String> obstacles) {

        static DryRun of(MovePlan plan) {
            return new DryRun(
                    true,
                    plan.to(),
                    plan.moves(),
                    plan.flagged(),
                    plan.stays(),
                    plan.ends(),
                    plan.review(),
                    plan.obstacles());
        }
    }

    private final Moves moves;
    private final Conversions conversions;
    private final RecentProof proof;
    private final RecentProofFilter unproved;

    MovesResource(Moves moves, Conversions conversions, RecentProof proof, RecentProofFilter unproved) {
        this.moves = moves;
        this.conversions = conversions;
        this.proof = proof;
        this.unproved = unproved;
    }

    @GET
    @Path("GetTransfers")
    @Operation(summary = "List what the account offered, gave and got")
    @APIResponseSchema(value = TransferList.class, responseDescription = "Newest first")
    public TransferList list(@Context RootRequest request) {
        return new TransferList(
                moves.list(request.context()).stream().map(TransferView::of).toList());
    }

    @POST
    @Path("TransferSubAccount")
    @Operation(summary = "Offer a sub-account to another agency")
    @APIResponseSchema(value = TransferDone.class, responseCode = "201", responseDescription = "Offered")
    @APIResponse(responseCode = "200", description = "A dry run: what moves, what would be flagged, what stays")
    @APIResponse(responseCode = "400", description = "Unknown agency, or it can't move now")
    @APIResponse(responseCode = "404", description = "Not managed by the caller")
    public Response transfer(@Context RootRequest request, TransferBody body) {
        return offer(
                request,
                body.subAccountId(),
                new Receiver.Agency(body.to().orElse("")),
                body.dryRun().orElse(false),
                body.password());
    }

    @POST
    @Path("ConvertSubAccount")
    @Operation(summary = "Offer a sub-account to a person, as their own account")
    @APIResponseSchema(value = TransferDone.class, responseCode = "201", responseDescription = "Offered by mail")
    @APIResponse(responseCode = "200", description = "A dry run: what moves, what would be flagged, what stays")
    @APIResponse(responseCode = "400", description = "Not an email address, or it can't move now")
    @APIResponse(responseCode = "404", description = "Not managed by the caller")
    public Response convert(@Context RootRequest request, ConversionBody body) {
        return offer(
                request,
                body.subAccountId(),
                new Receiver.Person(body.email().orElse("")),
                body.dryRun().orElse(false),
                body.password());
    }

    private Response offer(
            RootRequest request,
            Optional<String> account,
            Receiver receiver,
            boolean isDry,
            Optional<String> password) {
        prove(request.call(), password);
        String id = account.orElse("");
        return isDry
                ? dry(moves.plan(request.context(), id, receiver).orElseThrow(refusal -> refused(request, refusal)))
                : Response.status(201)
                        .entity(new TransferDone(
                                "Sub-account offered successfully",
                                TransferView.of(moves.offer(request.context(), id, receiver)
                                        .orElseThrow(refusal -> refused(request, refusal)))))
                        .build();
    }

    /// These routes take the password where the session has no recent proof (`RouteEffects`).
    private void prove(Call call, Optional<String> password) {
        proof.orPassword(call.actor(), call.caller(), password)
                .orElseThrow(refusal -> new EarlyAnswer(unproved.unproved(refusal, "/api/admin/")));
    }

    private static Response dry(MovePlan plan) {
        return Response.ok(DryRun.of(plan)).build();
    }

    private static EarlyAnswer refused(RootRequest request, Refusal refusal) {
        return refusal instanceof Refusal.NotFound ? request.notManaged() : refused(refusal);
    }

    private static EarlyAnswer refused(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotFound _ -> RootRequest.refused(404, UNKNOWN);
            case Refusal.Forbidden _ -> RootRequest.refused(403, AccountGuard.NOT_PERMITTED);
            case Refusal.Rejected rejected -> new EarlyAnswer(Answers.failure(rejected.first()));
            case Refusal.TooMany tooMany -> new EarlyAnswer(Answers.tooManyFailure(tooMany.retryAfter()));
            case Refusal.LimitReached _, Refusal.ReadOnly _, Refusal.Conflict _ ->
                RootRequest.refused(400, "The plan has no room");
        };
    }

    @POST
    @Path("AcceptTransfer")
    @Operation(summary = "Take over a sub-account that another agency offers")
    @APIResponseSchema(value = TransferDone.class, responseDescription = "It belongs to the account now")
    @APIResponse(responseCode = "400", description = "It can't move now")
    @APIResponse(responseCode = "404", description = "Not offered to the account, or no longer")
    public Response accept(@Context RootRequest request, AnswerBody body) {
        prove(request.call(), body.password());
        return body.dryRun().orElse(false)
                ? dry(with(request, body.transferId(), moves::planOfAnswer))
                : Response.ok(done(
                                "Transfer accepted",
                                with(
                                        request,
                                        body.transferId(),
                                        (context, id) -> moves.accept(context, id, body.keeps()))))
                        .build();
    }

    @POST
    @Path("AcceptConversion")
    @Operation(
            summary = "Make a sub-account one's own account",
            description = "For the person with the address of the offer, who signs in or registers first.")
    @APIResponseSchema(value = Converted.class, responseDescription = "It is the caller's home account now")
    @APIResponse(responseCode = "400", description = "It can't move now, or the password is incorrect")
    @APIResponse(responseCode = "403", description = "The last proof of identity is too old")
    @APIResponse(responseCode = "404", description = "Not offered to the caller, or no longer")
    public Converted acceptConversion(@Context SignedInRequest request, ConversionAnswerBody body) {
        prove(request.call(), body.password());
        Account account = conversions
                .accept(
                        request.call().actor(),
                        body.token().orElse(""),
                        request.self().identity(),
                        body.keeps())
                .orElseThrow(MovesResource::refused);
        return new Converted("This is your own account now", Party.of(account));
    }

    @POST
    @Path("EndTransfer")
    @Operation(summary = "Cancel an offer of the account, or decline one to it")
    @APIResponseSchema(value = TransferDone.class, responseDescription = "The offer ended")
    @APIResponse(responseCode = "404", description = "No open offer of or to the account")
    public TransferDone end(@Context RootRequest request, TransferIdBody body) {
        return done("Transfer ended", with(request, body.transferId(), moves::end));
    }

    @POST
    @Path("UndoTransfer")
    @Operation(summary = "Undo a transfer of the last 48 hours; either side may")
    @APIResponseSchema(value = TransferDone.class, responseDescription = "It belongs to its former agency again")
    @APIResponse(responseCode = "404", description = "No transfer of the account that can be undone")
    public TransferDone undo(@Context RootRequest request, UndoBody body) {
        prove(request.call(), body.password());
        return done("Transfer undone", with(request, body.transferId(), moves::undo));
    }

    private static TransferDone done(String message, Seen seen) {
        return new TransferDone(message, TransferView.of(seen));
    }

    private static <T> T with(
            RootRequest request, Optional<String> id, BiFunction<AccountContext, UUID, Outcome<T>> work) {
        return id.flatMap(Uuids::parse)
                .map(transfer -> work.apply(request.context(), transfer))
                .orElseGet(Outcome::notFound)
                .orElseThrow(MovesResource::refused);
    }
}
