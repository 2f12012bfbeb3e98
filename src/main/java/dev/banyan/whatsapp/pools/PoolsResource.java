package dev.banyan.whatsapp.pools;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.access.PoolRequest;
import dev.banyan.whatsapp.failover.Failovers;
import dev.banyan.whatsapp.failover.PoolPauses;
import dev.banyan.whatsapp.failover.PoolState;
import dev.banyan.whatsapp.history.HistoryAnswers;
import dev.banyan.whatsapp.history.HistoryAnswers.EventList;
import dev.banyan.whatsapp.history.PoolFigures;
import dev.banyan.whatsapp.history.SenderRatings;
import dev.banyan.whatsapp.numbers.PauseBody;
import dev.banyan.whatsapp.numbers.Tuning;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
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

    private final Pools pools;
    private final PoolFigures figures;
    private final HistoryAnswers history;
    private final Tuning tuning;
    private final PoolPauses pauses;
    private final Failovers failovers;
    private final Liveness liveness;
    private final SenderRatings ratings;

    PoolsResource(
            Pools pools,
            PoolFigures figures,
            HistoryAnswers history,
            Tuning tuning,
            PoolPauses pauses,
            Failovers failovers,
            Liveness liveness,
            SenderRatings ratings) {
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
            value = PoolList.class,
            responseDescription = "Up to 1,000 pools; use `nextCursor` to get the next page")
    public PoolList list(@Context PoolRequest request, @BeanParam PageQuery page) {
        PageQuery.Slice<SenderId> slice = page.slice(SenderId::parse);
        List<Pool> all = pools.overview(request.tenant()).pools();
        int from = slice.after()
                .map(last -> 1
                        + all.stream().map(pool -> pool.master().id()).toList().indexOf(last))
                .orElse(0);
        return slice.all(
                all.subList(from, Math.min(all.size(), from + slice.most())),
                pool -> pool.master().id(),
                some -> wire(request.tenant(), some),
                PoolList::new);
    }

    private List<WirePool> wire(AccountId tenant, List<Pool> some) {
        PoolFigures.Figures sums =
                figures.of(tenant, some.stream().map(pool -> pool.master().id()).toList());
        Function<SenderId, PoolSettings> tuned = pools.settings(tenant);
        Map<SenderId, PoolState> states = failovers.states(tenant);
        return some.stream()
                .map(pool -> WirePool.of(
                        pool,
                        tuned.apply(pool.master().id()),
                        states.getOrDefault(pool.master().id(), PoolState.NORMAL),
                        sums,
                        liveness))
                .toList();
    }

    @GET
    @Path("{masterId}")
    @Operation(summary = "Get a pool: its status, settings and the work of each sender")
    @APIResponseSchema(value = WirePool.Whole.class, responseDescription = "The pool")
    public WirePool.Whole get(@Context PoolRequest request, @PathParam("masterId") String masterId) {
        return whole(request.master(masterId));
    }

    private WirePool.Whole whole(Sender master) {
        return pools.pool(master.tenant(), master.id())
                .map(pool -> WirePool.Whole.of(
                        pool,
                        pools.settings(master.tenant(), master.id()),
                        failovers.state(master.tenant(), master.id()),
                        figures.of(master.tenant(), List.of(master.id())),
                        figures,
                        liveness,
                        ratings.of(
                                master.tenant(), pool.senders().map(Sender::id).toList())))
                .orElseThrow(() -> Refused.notFound(PoolRequest.MASTER));
    }

    @PUT
    @Path("{masterId}")
    @Operation(summary = "Set how a pool shares its load; what is left out stays")
    @APIResponseSchema(value = WirePool.Whole.class, responseDescription = "The pool as it is now")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was changed")
    public WirePool.Whole tune(
            @Context PoolRequest request, @PathParam("masterId") String masterId, PoolSettingsBody body) {
        Sender master = request.master(masterId);
        Refused.unless(
                PoolSettings.FIELDS
                        .body(body, pools.settings(master.tenant(), master.id()))
                        .then(settings -> tuning.tunePool(master.tenant(), request.actor(), master.id(), settings)),
                PoolRequest.MASTER);
        return whole(master);
    }

    @POST
    @Path("{masterId}/pause")
    @Operation(summary = "Pause a pool: hold its messages, or send what it has and accept no new ones")
    @APIResponseSchema(value = WirePool.Whole.class, responseDescription = "The pool as it is now")
    @APIResponse(responseCode = "400", description = "mode is neither hold nor drain")
    public WirePool.Whole pause(@Context PoolRequest request, @PathParam("masterId") String masterId, PauseBody body) {
        return paused(request, request.master(masterId), Optional.of(body.how()));
    }

    @POST
    @Path("{masterId}/resume")
    @Operation(summary = "Resume a paused pool")
    @APIResponseSchema(value = WirePool.Whole.class, responseDescription = "The pool as it is now")
    @APIResponse(responseCode = "409", description = "It isn’t paused")
    public WirePool.Whole resume(@Context PoolRequest request, @PathParam("masterId") String masterId) {
        return paused(request, request.master(masterId), Optional.empty());
    }

    private WirePool.Whole paused(PoolRequest request, Sender master, Optional<Pause> how) {
        Refused.unless(pauses.pause(master.tenant(), request.actor(), master.id(), how), PoolRequest.MASTER);
        return whole(master);
    }

    @GET
    @Path("{masterId}/events")
    @Operation(summary = "List the events of a pool, newest first; its master may have been removed")
    @APIResponseSchema(
            value = EventList.class,
            responseDescription = "Up to 1,000 events; use `nextCursor` to get the next page")
    public EventList events(
            @Context PoolRequest request, @PathParam("masterId") String masterId, @BeanParam PageQuery page) {
        return history.eventsOfPool(request.tenant(), request.onceMaster(masterId), page);
    }
}
