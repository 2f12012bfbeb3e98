package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.answer.Noun;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.access.PoolRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
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

    record DecisionList(
            List<DecisionView> decisions,

            @Schema(description = "Pass as `after` to get the next page; null on the last page")
            Optional<UUID> nextCursor) {}

    private static final Noun DECISION = Noun.of("Decision");

    private final Failovers failovers;

    FailoverResource(Failovers failovers) {
        this.failovers = failovers;
    }

    @GET
    @Operation(summary = "Get the settings and the state of a pool's failover")
    @APIResponseSchema(value = WireFailover.class, responseDescription = "Settings and state")
    public WireFailover get(@Context PoolRequest request, @PathParam("masterId") String masterId) {
        return status(request.master(masterId));
    }

    private WireFailover status(Sender master) {
        return WireFailover.of(failovers.status(master.tenant(), master.id()));
    }

    @PUT
    @Operation(summary = "Set how a pool fails over; what is left out stays")
    @APIResponseSchema(value = WireFailover.class, responseDescription = "Settings and state as they are now")
    @APIResponse(responseCode = "400", description = "A field is invalid or unknown; nothing was changed")
    public WireFailover configure(
            @Context PoolRequest request, @PathParam("masterId") String masterId, FailoverBody body) {
        Sender master = request.master(masterId);
        var before = new FailoverInput(failovers.settings(master.tenant(), master.id()), Optional.empty());
        FailoverInput input = Refused.unless(FailoverInput.FIELDS.body(body, before), PoolRequest.MASTER);
        Refused.unless(
                failovers.configure(master.tenant(), request.actor(), master.id(), input.settings(), input.uncertain()),
                PoolRequest.MASTER);
        return status(master);
    }

    @POST
    @Path("start")
    @Operation(summary = "Let another pool stand in now, whatever the policy says")
    @APIResponseSchema(value = DecisionView.class, responseDescription = "What was decided and moved")
    @APIResponse(responseCode = "409", description = "That pool can’t stand in, or one already does")
    public DecisionView start(@Context PoolRequest request, @PathParam("masterId") String masterId, StartBody body) {
        Sender master = request.master(masterId);
        Optional<SenderId> to =
                body.to().map(id -> SenderId.parse(id).orElseThrow(() -> Refused.notFound(PoolRequest.MASTER)));
        return view(failovers.start(master.tenant(), request.actor(), master.id(), to), PoolRequest.MASTER);
    }

    @POST
    @Path("back")
    @Operation(summary = "Give a pool its servants, contacts and messages back")
    @APIResponseSchema(value = DecisionView.class, responseDescription = "What was moved")
    @APIResponse(responseCode = "409", description = "No other pool stands in for this one")
    public DecisionView back(@Context PoolRequest request, @PathParam("masterId") String masterId) {
        Sender master = request.master(masterId);
        return view(failovers.back(master.tenant(), request.actor(), master.id()), PoolRequest.MASTER);
    }

    @POST
    @Path("drill")
    @Operation(summary = "Get the plan that would be carried out if the pool failed now; changes nothing")
    @APIResponseSchema(value = DecisionView.class, responseDescription = "The plan")
    public DecisionView drill(@Context PoolRequest request, @PathParam("masterId") String masterId) {
        Sender master = request.master(masterId);
        return failovers
                .drill(master.tenant(), request.actor(), master.id())
                .map(DecisionView::of)
                .orElseThrow(() -> Refused.notFound(PoolRequest.MASTER));
    }

    @GET
    @Path("decisions")
    @Operation(summary = "List the decisions about a pool, newest first")
    @APIResponseSchema(
            value = DecisionList.class,
            responseDescription = "Up to 1,000 decisions; use `nextCursor` to get the next page")
    public DecisionList decisions(
            @Context PoolRequest request, @PathParam("masterId") String masterId, @BeanParam PageQuery page) {
        Sender master = request.master(masterId);
        PageQuery.Slice<UUID> slice = page.slice(Uuids::parse);
        return slice.of(
                failovers.decisions(master.tenant(), master.id(), slice.after(), slice.most()),
                DecisionView::of,
                FailoverDecision::id,
                DecisionList::new);
    }

    @POST
    @Path("decisions/{decisionId}/approve")
    @Operation(summary = "Approve a proposed failover, which is carried out at once")
    @APIResponseSchema(value = DecisionView.class, responseDescription = "What was moved")
    @APIResponse(responseCode = "409", description = "This was already decided, or the pool can’t stand in any more")
    public DecisionView approve(
            @Context PoolRequest request,
            @PathParam("masterId") String masterId,
            @PathParam("decisionId") String decisionId) {
        UUID decision = decision(request, masterId, decisionId);
        return view(failovers.approve(request.tenant(), request.actor(), decision), DECISION);
    }

    @POST
    @Path("decisions/{decisionId}/refuse")
    @Operation(summary = "Refuse a proposed failover; nothing moves")
    @APIResponseSchema(value = DecisionView.class, responseDescription = "The refused decision")
    @APIResponse(responseCode = "409", description = "This was already decided")
    public DecisionView refuse(
            @Context PoolRequest request,
            @PathParam("masterId") String masterId,
            @PathParam("decisionId") String decisionId) {
        UUID decision = decision(request, masterId, decisionId);
        return view(failovers.refuse(request.tenant(), request.actor(), decision), DECISION);
    }

    private UUID decision(PoolRequest request, String masterId, String decisionId) {
        Sender master = request.master(masterId);
        return Uuids.parse(decisionId)
                .flatMap(id -> failovers.decision(master.tenant(), id))
                .filter(decision -> decision.pool().equals(master.id()))
                .map(FailoverDecision::id)
                .orElseThrow(() -> Refused.notFound(DECISION));
    }

    /// @param noun what may be gone
    private static DecisionView view(Outcome<FailoverDecision> outcome, Noun noun) {
        return DecisionView.of(Refused.unless(outcome, noun));
    }
}
