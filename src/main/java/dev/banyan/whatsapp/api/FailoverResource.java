package dev.banyan.whatsapp.api;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.json.Paging;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.api.WireFailover.DecisionView;
import dev.banyan.whatsapp.failover.FailoverDecision;
import dev.banyan.whatsapp.failover.FailoverSettings;
import dev.banyan.whatsapp.failover.Failovers;
import dev.banyan.whatsapp.failover.Failovers.Acted;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The failover of a pool in the API (design 7, "Failover").
@Path("/api/whatsapp/pools/{masterId}/failover")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp failover", description = "How a pool survives its numbers: another pool stands in for it.")
class FailoverResource {

    @NoOtherFields
    record StartBody(
            @Schema(
                    description = "The master of the pool that stands in; missing: chosen by the rules",
                    example = "backup")
            Optional<String> to) {}

    record FailoverAnswer(boolean success, WireFailover data) {}

    record DecisionAnswer(boolean success, DecisionView data) {}

    record DecisionList(
            List<DecisionView> decisions,

            @Schema(description = "Pass as `after` to get the next page; null on the last page")
            Optional<UUID> nextCursor) {}

    record DecisionListAnswer(boolean success, DecisionList data) {}

    private final PoolApiGuard gate;
    private final Failovers failovers;

    FailoverResource(PoolApiGuard gate, Failovers failovers) {
        this.gate = gate;
        this.failovers = failovers;
    }

    @GET
    @Operation(summary = "Get the settings and the state of a pool's failover")
    @APIResponseSchema(value = FailoverAnswer.class, responseDescription = "Settings and state")
    public Response get(@Context Call call, @PathParam("masterId") String masterId) {
        return gate.master(call, masterId, (_, master) -> status(master));
    }

    private Response status(Sender master) {
        return Response.ok(new FailoverAnswer(true, WireFailover.of(failovers.status(master.tenant(), master.id()))))
                .build();
    }

    @PUT
    @Operation(summary = "Set how a pool fails over; what is left out stays")
    @APIResponseSchema(value = FailoverAnswer.class, responseDescription = "Settings and state as they are now")
    @APIResponse(responseCode = "400", description = "A field is invalid or unknown; nothing was changed")
    public Response configure(@Context Call call, @PathParam("masterId") String masterId, FailoverBody body) {
        return gate.master(
                call,
                masterId,
                (context, master) -> body.on(failovers.settings(master.tenant(), master.id()))
                        .fold(
                                settings -> configured(call, context, master, body, settings),
                                refusal -> gate.refused(call, refusal, PoolApiGuard.NO_MASTER)));
    }

    private Response configured(
            Call call, AccountContext context, Sender master, FailoverBody body, FailoverSettings settings) {
        Acted acted =
                failovers.configure(master.tenant(), context.actor(), master.id(), settings, body.policyOfUncertain());
        return acted instanceof Acted.Done ? status(master) : answer(call, acted, PoolApiGuard.NO_MASTER);
    }

    @POST
    @Path("start")
    @Operation(summary = "Let another pool stand in now, whatever the policy says")
    @APIResponseSchema(value = DecisionAnswer.class, responseDescription = "What was decided and moved")
    @APIResponse(responseCode = "409", description = "That pool can’t stand in, or one already does")
    public Response start(@Context Call call, @PathParam("masterId") String masterId, StartBody body) {
        return gate.master(call, masterId, (context, master) -> {
            Optional<SenderId> to = body.to().flatMap(SenderId::parse);
            return to.isEmpty() && body.to().isPresent()
                    ? gate.unknown(call, PoolApiGuard.NO_MASTER)
                    : answer(
                            call,
                            failovers.start(master.tenant(), context.actor(), master.id(), to),
                            PoolApiGuard.NO_MASTER);
        });
    }

    @POST
    @Path("back")
    @Operation(summary = "Give a pool its servants, contacts and messages back")
    @APIResponseSchema(value = DecisionAnswer.class, responseDescription = "What was moved")
    @APIResponse(responseCode = "409", description = "No other pool stands in for this one")
    public Response back(@Context Call call, @PathParam("masterId") String masterId) {
        return gate.master(
                call,
                masterId,
                (context, master) -> answer(
                        call, failovers.back(master.tenant(), context.actor(), master.id()), PoolApiGuard.NO_MASTER));
    }

    @POST
    @Path("drill")
    @Operation(summary = "Get the plan that would be carried out if the pool failed now; changes nothing")
    @APIResponseSchema(value = DecisionAnswer.class, responseDescription = "The plan")
    public Response drill(@Context Call call, @PathParam("masterId") String masterId) {
        return gate.master(
                call,
                masterId,
                (context, master) -> answer(
                        call, failovers.drill(master.tenant(), context.actor(), master.id()), PoolApiGuard.NO_MASTER));
    }

    @GET
    @Path("decisions")
    @Operation(summary = "List the decisions about a pool, newest first")
    @APIResponseSchema(
            value = DecisionListAnswer.class,
            responseDescription = "Up to 1,000 decisions; use `nextCursor` to get the next page")
    public Response decisions(
            @Context Call call,
            @PathParam("masterId") String masterId,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return gate.master(call, masterId, (_, master) -> switch (Paging.of(
                limit, after.filter(text -> !text.isEmpty()), Uuids::parse)) {
            case Paging.Bad<UUID> bad -> Answers.refused(400, bad.error());
            case Paging.Slice<UUID> slice -> list(master, slice);
        });
    }

    private Response list(Sender master, Paging.Slice<UUID> slice) {
        List<FailoverDecision> found =
                failovers.decisions(master.tenant(), master.id(), slice.after(), slice.limit() + 1);
        List<DecisionView> shown =
                found.stream().limit(slice.limit()).map(DecisionView::of).toList();
        return Response.ok(new DecisionListAnswer(
                        true,
                        new DecisionList(
                                shown,
                                found.size() > slice.limit()
                                        ? Optional.of(shown.getLast().id())
                                        : Optional.empty())))
                .build();
    }

    @POST
    @Path("decisions/{decisionId}/approve")
    @Operation(summary = "Approve a proposed failover, which is carried out at once")
    @APIResponseSchema(value = DecisionAnswer.class, responseDescription = "What was moved")
    @APIResponse(responseCode = "409", description = "This was already decided, or the pool can’t stand in any more")
    public Response approve(
            @Context Call call, @PathParam("masterId") String masterId, @PathParam("decisionId") String decisionId) {
        return onDecision(
                call,
                masterId,
                decisionId,
                (context, id) -> failovers.approve(context.root().id(), context.actor(), id));
    }

    @POST
    @Path("decisions/{decisionId}/refuse")
    @Operation(summary = "Refuse a proposed failover; nothing moves")
    @APIResponseSchema(value = DecisionAnswer.class, responseDescription = "The refused decision")
    @APIResponse(responseCode = "409", description = "This was already decided")
    public Response refuse(
            @Context Call call, @PathParam("masterId") String masterId, @PathParam("decisionId") String decisionId) {
        return onDecision(
                call,
                masterId,
                decisionId,
                (context, id) -> failovers.refuse(context.root().id(), context.actor(), id));
    }

    private interface OnDecision {
        Acted act(AccountContext context, UUID decision);
    }

    private Response onDecision(Call call, String masterId, String decisionId, OnDecision work) {
        return gate.master(
                call,
                masterId,
                (context, master) -> Uuids.parse(decisionId)
                        .flatMap(id -> failovers.decision(master.tenant(), id))
                        .filter(decision -> decision.pool().equals(master.id()))
                        .map(decision -> answer(call, work.act(context, decision.id()), PoolApiGuard.NO_DECISION))
                        .orElseGet(() -> gate.unknown(call, PoolApiGuard.NO_DECISION)));
    }

    private Response answer(Call call, Acted acted, String unknown) {
        return switch (acted) {
            case Acted.Done(FailoverDecision decision) ->
                Response.ok(new DecisionAnswer(true, DecisionView.of(decision))).build();
            case Acted.NotFound _ -> gate.unknown(call, unknown);
            case Acted.NotPossible(String why) -> Answers.refused(409, why);
            case Acted.Rejected rejected -> Answers.refused(rejected.invalid().getFirst());
        };
    }
}
