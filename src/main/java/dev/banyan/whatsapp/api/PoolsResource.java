package dev.banyan.whatsapp.api;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.Paging;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.api.HistoryAnswers.EventListAnswer;
import dev.banyan.whatsapp.failover.Failovers;
import dev.banyan.whatsapp.failover.PoolPauses;
import dev.banyan.whatsapp.failover.PoolState;
import dev.banyan.whatsapp.history.PoolFigures;
import dev.banyan.whatsapp.history.SenderRatings;
import dev.banyan.whatsapp.registry.Tuning;
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
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Pools in the API: their status and how they balance their load (design 7, "HTTP").
@Path("/api/whatsapp/pools")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp pools", description = "Masters with their servants, and how they share the load.")
class PoolsResource {

    record PoolList(
            List<WirePool> pools,

            @Schema(description = "Pass as `after` to get the next page; null on the last page")
            Optional<SenderId> nextCursor) {}

    record PoolListAnswer(boolean success, PoolList data) {}

    record WholePoolAnswer(boolean success, WirePool.Whole data) {}

    private final PoolApiGuard gate;
    private final Pools pools;
    private final PoolFigures figures;
    private final HistoryAnswers history;
    private final Tuning tuning;
    private final PoolPauses pauses;
    private final Failovers failovers;
    private final Liveness liveness;
    private final SenderRatings ratings;

    PoolsResource(
            PoolApiGuard gate,
            Pools pools,
            PoolFigures figures,
            HistoryAnswers history,
            Tuning tuning,
            PoolPauses pauses,
            Failovers failovers,
            Liveness liveness,
            SenderRatings ratings) {
        this.gate = gate;
        this.pools = pools;
        this.figures = figures;
        this.history = history;
        this.tuning = tuning;
        this.pauses = pauses;
        this.failovers = failovers;
        this.liveness = liveness;
        this.ratings = ratings;
    }

    @GET
    @Operation(summary = "List pools, oldest master first")
    @APIResponseSchema(
            value = PoolListAnswer.class,
            responseDescription = "Up to 1,000 pools; use `nextCursor` to get the next page")
    public Response list(
            @Context Call call,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return gate.json(
                call, context -> switch (Paging.of(limit, after.filter(text -> !text.isEmpty()), SenderId::parse)) {
                    case Paging.Bad<SenderId> bad -> Answers.refused(400, bad.error());
                    case Paging.Slice<SenderId> slice -> list(context, slice);
                });
    }

    private Response list(AccountContext context, Paging.Slice<SenderId> slice) {
        var tenant = context.root().id();
        List<Pool> all = pools.overview(tenant).pools();
        int from = slice.after()
                .map(last -> 1
                        + all.stream().map(pool -> pool.master().id()).toList().indexOf(last))
                .orElse(0);
        List<Pool> page = all.stream().skip(from).limit(slice.limit()).toList();
        PoolFigures.Figures sums =
                figures.of(tenant, page.stream().map(pool -> pool.master().id()).toList());
        Map<SenderId, PoolSettings> tuned = pools.settings(tenant);
        Map<SenderId, PoolState> states = failovers.states(tenant);
        List<WirePool> shown = page.stream()
                .map(pool -> WirePool.of(
                        pool,
                        tuned.getOrDefault(pool.master().id(), PoolSettings.DEFAULT),
                        states.getOrDefault(pool.master().id(), PoolState.NORMAL),
                        sums,
                        liveness))
                .toList();
        boolean more = from + page.size() < all.size();
        return Response.ok(new PoolListAnswer(
                        true,
                        new PoolList(shown, more ? Optional.of(shown.getLast().id()) : Optional.empty())))
                .build();
    }

    @GET
    @Path("{masterId}")
    @Operation(summary = "Get a pool: its status, settings and the work of each sender")
    @APIResponseSchema(value = WholePoolAnswer.class, responseDescription = "The pool")
    public Response get(@Context Call call, @PathParam("masterId") String masterId) {
        return gate.master(call, masterId, (_, master) -> whole(call, master));
    }

    private Response whole(Call call, Sender master) {
        return pools.pool(master.tenant(), master.id())
                .map(pool -> Response.ok(new WholePoolAnswer(
                                true,
                                WirePool.Whole.of(
                                        pool,
                                        pools.settings(master.tenant(), master.id()),
                                        failovers.state(master.tenant(), master.id()),
                                        figures.of(master.tenant(), List.of(master.id())),
                                        figures,
                                        liveness,
                                        ratings.of(
                                                master.tenant(),
                                                pool.senders().map(Sender::id).toList()))))
                        .build())
                .orElseGet(() -> gate.unknown(call, PoolApiGuard.NO_MASTER));
    }

    @PUT
    @Path("{masterId}")
    @Operation(summary = "Set how a pool shares its load; what is left out stays")
    @APIResponseSchema(value = WholePoolAnswer.class, responseDescription = "The pool as it is now")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was changed")
    public Response tune(@Context Call call, @PathParam("masterId") String masterId, PoolSettingsBody body) {
        return gate.master(
                call,
                masterId,
                (context, master) -> body.on(pools.settings(master.tenant(), master.id()))
                        .then(wanted -> tuning.tunePool(master.tenant(), context.actor(), master.id(), wanted))
                        .fold(
                                _ -> whole(call, master),
                                refusal -> gate.refused(call, refusal, PoolApiGuard.NO_MASTER)));
    }

    @POST
    @Path("{masterId}/pause")
    @Operation(summary = "Pause a pool: hold its messages, or send what it has and accept no new ones")
    @APIResponseSchema(value = WholePoolAnswer.class, responseDescription = "The pool as it is now")
    @APIResponse(responseCode = "400", description = "mode is neither hold nor drain")
    public Response pause(@Context Call call, @PathParam("masterId") String masterId, PauseBody body) {
        return gate.master(
                call,
                masterId,
                (context, master) -> PauseBody.mode(body.mode())
                        .map(how -> pause(call, context, master, Optional.of(how)))
                        .orElseGet(() -> Answers.refused(PauseBody.BAD_MODE)));
    }

    @POST
    @Path("{masterId}/resume")
    @Operation(summary = "Resume a paused pool")
    @APIResponseSchema(value = WholePoolAnswer.class, responseDescription = "The pool as it is now")
    public Response resume(@Context Call call, @PathParam("masterId") String masterId) {
        return gate.master(call, masterId, (context, master) -> pause(call, context, master, Optional.empty()));
    }

    private Response pause(Call call, AccountContext context, Sender master, Optional<Pause> how) {
        return pauses.pause(master.tenant(), context.actor(), master.id(), how)
                .fold(_ -> whole(call, master), refusal -> gate.refused(call, refusal, PoolApiGuard.NO_MASTER));
    }

    @GET
    @Path("{masterId}/events")
    @Operation(summary = "List the events of a pool, newest first; its master may have been removed")
    @APIResponseSchema(
            value = EventListAnswer.class,
            responseDescription = "Up to 1,000 events; use `nextCursor` to get the next page")
    public Response events(
            @Context Call call,
            @PathParam("masterId") String masterId,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return gate.history(
                call,
                masterId,
                Sender::isMaster,
                PoolApiGuard.NO_MASTER,
                (tenant, master) -> history.eventsOfPool(tenant, master, limit, after));
    }
}
