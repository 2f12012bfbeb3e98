package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.access.PoolRequest;
import dev.banyan.whatsapp.history.HistoryAnswers;
import dev.banyan.whatsapp.history.HistoryAnswers.EventList;
import dev.banyan.whatsapp.history.HistoryAnswers.Metrics;
import dev.banyan.whatsapp.numbers.SenderAnswers.LinkState;
import dev.banyan.whatsapp.numbers.SenderAnswers.SenderList;
import dev.banyan.whatsapp.numbers.Senders.MovedAll;
import dev.banyan.whatsapp.session.Linking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Masters and servants in the API (design 7, "HTTP"), and what can be asked of either.
@Path("/api/whatsapp")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp masters", description = "Numbers that lead a pool.")
@Tag(name = "WhatsApp servants", description = "Numbers that work in the pool of a master.")
@Tag(name = "WhatsApp senders", description = "Masters and servants alike.")
class SendersResource {

    record MoveServantsBody(
            @Schema(description = "The master that gets the servants", example = "sales")
            Optional<String> master) {}

    @Schema(requiredProperties = "master")
    record NewMasterOfServantBody(
            @Schema(description = "Whose pool it joins", example = "sales")
            Optional<String> master) {}

    record FaultBody(
            @Schema(description = "The event, such as `drop`; the error for an unknown event lists them all")
            Optional<String> fault) {}

    record ScanBody(
            @Schema(description = "The phone that scans; defaults to the sender's own number")
            Optional<String> phone) {}

    private final SenderSearch search;
    private final SenderAnswers answers;
    private final HistoryAnswers history;
    private final NewNumbers newNumbers;
    private final Senders senders;
    private final Linking linking;

    SendersResource(
            SenderSearch search,
            SenderAnswers answers,
            HistoryAnswers history,
            NewNumbers newNumbers,
            Senders senders,
            Linking linking) {
        this.search = search;
        this.answers = answers;
        this.history = history;
        this.newNumbers = newNumbers;
        this.senders = senders;
        this.linking = linking;
    }

    @GET
    @Path("masters")
    @Tag(name = "WhatsApp masters")
    @Operation(summary = "List masters, oldest first")
    @APIResponseSchema(
            value = SenderList.class,
            responseDescription = "Up to 1,000; use `nextCursor` to get the next page")
    public SenderList listMasters(@Context PoolRequest request, @BeanParam PageQuery page) {
        return search.masters(request, page);
    }

    @POST
    @Path("masters")
    @Parameter(ref = Idempotency.HEADER)
    @Tag(name = "WhatsApp masters")
    @Operation(summary = "Add a master")
    @APIResponseSchema(value = WireSender.class, responseDescription = "Added; link it next", responseCode = "201")
    @APIResponse(responseCode = "409", description = "The id or phone number is already in use")
    public Response addMaster(@Context PoolRequest request, NewNumbers.NewMasterBody body) {
        return request.added(body, () -> newNumbers.master(request, body));
    }

    @GET
    @Path("masters/{masterId}")
    @Tag(name = "WhatsApp masters")
    @Operation(summary = "Get a master")
    @APIResponseSchema(value = WireSender.class, responseDescription = "The master")
    public WireSender getMaster(@Context PoolRequest request, @PathParam("masterId") String masterId) {
        return answers.one(request.master(masterId));
    }

    @PUT
    @Path("masters/{masterId}")
    @Tag(name = "WhatsApp masters")
    @Operation(summary = "Change a master; omitted fields stay the same")
    @APIResponseSchema(value = WireSender.class, responseDescription = "The changed master")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was changed")
    public WireSender changeMaster(
            @Context PoolRequest request, @PathParam("masterId") String masterId, SenderChangeBody body) {
        return changed(request, request.master(masterId), body);
    }

    private WireSender changed(PoolRequest request, Sender sender, SenderChangeBody body) {
        return answers.changed(request, newNumbers.moved(request, sender, body), body);
    }

    @DELETE
    @Path("masters/{masterId}")
    @Tag(name = "WhatsApp masters")
    @Operation(summary = "Remove a master; its waiting messages move to `moveTo`, or wait until someone cancels them")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Removed")
    @APIResponse(responseCode = "404", description = "The master, or the master in `moveTo`, was not found")
    @APIResponse(responseCode = "409", description = "It has servants and `moveTo` is missing")
    public DoneMessage removeMaster(
            @Context PoolRequest request,
            @PathParam("masterId") String masterId,
            @Parameter(description = "The master that gets its servants and waiting messages") @QueryParam("moveTo")
                    Optional<String> moveTo) {
        Sender master = request.master(masterId);
        Optional<SenderId> to = moveTo.map(SendersResource::master);
        return answers.removed(request, senders.removeMaster(master.tenant(), request.actor(), master.id(), to));
    }

    private static SenderId master(String id) {
        return SenderId.parse(id).orElseThrow(() -> Refused.notFound(PoolRequest.MASTER));
    }

    @POST
    @Path("masters/{masterId}/servants/move")
    @Tag(name = "WhatsApp masters")
    @Operation(summary = "Move all servants of a master to another master")
    @APIResponseSchema(value = MovedAll.class, responseDescription = "How many were moved")
    @APIResponse(responseCode = "404", description = "One of the masters was not found")
    @APIResponse(responseCode = "409", description = "Both are the same master")
    public MovedAll moveServants(
            @Context PoolRequest request, @PathParam("masterId") String masterId, MoveServantsBody body) {
        Sender from = request.master(masterId);
        SenderId to = master(body.master().orElse(""));
        return Refused.unless(senders.moveServants(from.tenant(), request.actor(), from.id(), to), PoolRequest.MASTER);
    }

    @GET
    @Path("masters/{masterId}/link")
    @Tag(name = "WhatsApp masters")
    @Operation(summary = "Get the linking status of a master")
    @APIResponseSchema(value = LinkState.class, responseDescription = "Its state, and the current code to scan, if any")
    public LinkState linkStateOfMaster(@Context PoolRequest request, @PathParam("masterId") String masterId) {
        return answers.linkState(request.master(masterId));
    }

    @POST
    @Path("masters/{masterId}/link")
    @Tag(name = "WhatsApp masters")
    @Operation(summary = "Start linking a master, or join a linking in progress")
    @APIResponseSchema(
            value = LinkState.class,
            responseDescription = "The first code to scan; poll for the codes that follow")
    @APIResponse(responseCode = "409", description = "It is already linked or turned off")
    public LinkState linkMaster(@Context PoolRequest request, @PathParam("masterId") String masterId) {
        return answers.link(request, request.master(masterId));
    }

    @DELETE
    @Path("masters/{masterId}/link")
    @Tag(name = "WhatsApp masters")
    @Operation(summary = "Log out a master or stop its linking")
    @APIResponseSchema(value = LinkState.class, responseDescription = "Its new state")
    @APIResponse(responseCode = "409", description = "It is not linked")
    public LinkState unlinkMaster(@Context PoolRequest request, @PathParam("masterId") String masterId) {
        return answers.unlink(request, request.master(masterId));
    }

    @GET
    @Path("servants")
    @Tag(name = "WhatsApp servants")
    @Operation(summary = "List servants, oldest first")
    @APIResponseSchema(
            value = SenderList.class,
            responseDescription = "Up to 1,000; use `nextCursor` to get the next page")
    @APIResponse(responseCode = "404", description = "Master account not found")
    public SenderList listServants(
            @Context PoolRequest request,
            @Parameter(description = "Only servants of this master") @QueryParam("master") Optional<String> master,
            @BeanParam PageQuery page) {
        return search.servants(request, master, page);
    }

    @POST
    @Path("servants")
    @Parameter(ref = Idempotency.HEADER)
    @Tag(name = "WhatsApp servants")
    @Operation(summary = "Add a servant")
    @APIResponseSchema(value = WireSender.class, responseDescription = "Added; link it next", responseCode = "201")
    @APIResponse(responseCode = "404", description = "Master account not found")
    @APIResponse(responseCode = "409", description = "The phone number is already in use")
    public Response addServant(@Context PoolRequest request, NewNumbers.NewServantBody body) {
        return request.added(body, () -> newNumbers.servant(request, body));
    }

    @GET
    @Path("servants/{servantId}")
    @Tag(name = "WhatsApp servants")
    @Operation(summary = "Get a servant")
    @APIResponseSchema(value = WireSender.class, responseDescription = "The servant")
    public WireSender getServant(@Context PoolRequest request, @PathParam("servantId") String servantId) {
        return answers.one(request.servant(servantId));
    }

    @PUT
    @Path("servants/{servantId}")
    @Tag(name = "WhatsApp servants")
    @Operation(summary = "Change a servant; omitted fields stay the same")
    @APIResponseSchema(value = WireSender.class, responseDescription = "The changed servant")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was changed")
    public WireSender changeServant(
            @Context PoolRequest request, @PathParam("servantId") String servantId, SenderChangeBody body) {
        return changed(request, request.servant(servantId), body);
    }

    @DELETE
    @Path("servants/{servantId}")
    @Tag(name = "WhatsApp servants")
    @Operation(summary = "Remove a servant")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Removed")
    public DoneMessage removeServant(@Context PoolRequest request, @PathParam("servantId") String servantId) {
        Sender servant = request.servant(servantId);
        return answers.removed(request, senders.removeServant(servant.tenant(), request.actor(), servant.id()));
    }

    @PUT
    @Path("servants/{servantId}/master")
    @Tag(name = "WhatsApp servants")
    @Operation(summary = "Move a servant to another master")
    @APIResponseSchema(value = WireSender.class, responseDescription = "The servant in its new pool")
    @APIResponse(responseCode = "404", description = "The servant or the master was not found")
    public WireSender moveServant(
            @Context PoolRequest request, @PathParam("servantId") String servantId, NewMasterOfServantBody body) {
        Sender servant = request.servant(servantId);
        SenderId to = master(body.master().orElse(""));
        return switch (senders.changeMaster(servant.tenant(), request.actor(), servant.id(), to)) {
            case Senders.Moved.Done done -> answers.one(done.servant());
            case Senders.Moved.ServantNotFound _ -> throw Refused.notFound(PoolRequest.SERVANT);
            case Senders.Moved.MasterNotFound _ -> throw Refused.notFound(PoolRequest.MASTER);
        };
    }

    @GET
    @Path("servants/{servantId}/link")
    @Tag(name = "WhatsApp servants")
    @Operation(summary = "Get the linking status of a servant")
    @APIResponseSchema(value = LinkState.class, responseDescription = "Its state, and the current code to scan, if any")
    public LinkState linkStateOfServant(@Context PoolRequest request, @PathParam("servantId") String servantId) {
        return answers.linkState(request.servant(servantId));
    }

    @POST
    @Path("servants/{servantId}/link")
    @Tag(name = "WhatsApp servants")
    @Operation(summary = "Start linking a servant, or join a linking in progress")
    @APIResponseSchema(
            value = LinkState.class,
            responseDescription = "The first code to scan; poll for the codes that follow")
    @APIResponse(responseCode = "409", description = "It is already linked or turned off")
    public LinkState linkServant(@Context PoolRequest request, @PathParam("servantId") String servantId) {
        return answers.link(request, request.servant(servantId));
    }

    @DELETE
    @Path("servants/{servantId}/link")
    @Tag(name = "WhatsApp servants")
    @Operation(summary = "Log out a servant or stop its linking")
    @APIResponseSchema(value = LinkState.class, responseDescription = "Its new state")
    @APIResponse(responseCode = "409", description = "It is not linked")
    public LinkState unlinkServant(@Context PoolRequest request, @PathParam("servantId") String servantId) {
        return answers.unlink(request, request.servant(servantId));
    }

    @GET
    @Path("senders")
    @Tag(name = "WhatsApp senders")
    @Operation(summary = "Find masters and servants, oldest first")
    @APIResponseSchema(
            value = SenderList.class,
            responseDescription = "Senders that match all filters, up to 1,000; use `nextCursor` to get the next page")
    @APIResponse(responseCode = "404", description = "Master account not found")
    public SenderList find(
            @Context PoolRequest request,
            @Parameter(description = "Part of a name, number, id, purpose or tag") @QueryParam("text")
                    Optional<String> text,
            @Parameter(
                            description = "`linked`, `pending`, `unlinked` or a state such as `restricted`;"
                                    + " separate several with commas")
                    @QueryParam("status")
                    Optional<String> status,
            @Parameter(description = "Only the pool of this master") @QueryParam("master") Optional<String> master,
            @QueryParam("purpose") Optional<String> purpose,
            @Parameter(description = "Country code (ISO 3166)") @QueryParam("region") Optional<String> region,
            @Parameter(description = "`healthy` or `unhealthy`") @QueryParam("health") Optional<String> health,
            @QueryParam("tag") Optional<String> tag,
            @BeanParam PageQuery page) {
        return search.all(request, page);
    }

    @GET
    @Path("senders/{senderId}")
    @Tag(name = "WhatsApp senders")
    @Operation(summary = "Get a master or servant")
    @APIResponseSchema(value = WireSender.class, responseDescription = "The sender")
    public WireSender getSender(@Context PoolRequest request, @PathParam("senderId") String senderId) {
        return answers.one(request.sender(senderId));
    }

    @GET
    @Path("senders/{senderId}/events")
    @Tag(name = "WhatsApp senders")
    @Operation(summary = "List the events of a sender, newest first")
    @APIResponseSchema(
            value = EventList.class,
            responseDescription = "Up to 1,000; use `nextCursor` to get the next page")
    public EventList events(
            @Context PoolRequest request, @PathParam("senderId") String senderId, @BeanParam PageQuery page) {
        return history.eventsOfSender(request.tenant(), request.onceSender(senderId), page);
    }

    @GET
    @Path("senders/{senderId}/metrics")
    @Tag(name = "WhatsApp senders")
    @Operation(summary = "Get the activity of a sender by hour")
    @APIResponseSchema(
            value = Metrics.class,
            responseDescription = "Hours with activity, oldest first, and their total")
    @APIResponse(responseCode = "400", description = "A parameter is invalid")
    public Metrics metrics(
            @Context PoolRequest request,
            @PathParam("senderId") String senderId,
            @Parameter(description = "How many hours back, 1 to 8,784; defaults to 24") @QueryParam("hours")
                    Optional<String> hours) {
        return history.metrics(request.tenant(), request.onceSender(senderId), hours);
    }

    @POST
    @Path("senders/{senderId}/pause")
    @Tag(name = "WhatsApp senders")
    @Operation(summary = "Pause a master or servant; its contacts go over the other numbers of the pool")
    @APIResponseSchema(value = WireSender.class, responseDescription = "The paused sender")
    @APIResponse(responseCode = "400", description = "mode is neither hold nor drain")
    public WireSender pause(@Context PoolRequest request, @PathParam("senderId") String senderId, PauseBody body) {
        Sender sender = request.sender(senderId);
        return answers.paused(request, sender, Optional.of(body.how()));
    }

    @POST
    @Path("senders/{senderId}/resume")
    @Tag(name = "WhatsApp senders")
    @Operation(summary = "Resume a paused master or servant")
    @APIResponseSchema(value = WireSender.class, responseDescription = "The sender, which sends again")
    @APIResponse(responseCode = "409", description = "It isn’t paused")
    public WireSender resume(@Context PoolRequest request, @PathParam("senderId") String senderId) {
        return answers.paused(request, request.sender(senderId), Optional.empty());
    }

    @POST
    @Path("senders/{senderId}/scan")
    @Tag(name = "WhatsApp senders")
    @Operation(summary = "Scan a sender's code with a simulated phone")
    @APIResponseSchema(value = WireSender.class, responseDescription = "The sender in its new state")
    @APIResponse(responseCode = "400", description = "Invalid phone number")
    @APIResponse(responseCode = "409", description = "It is a real number, it shows no code, or the phone was refused")
    public WireSender scan(@Context PoolRequest request, @PathParam("senderId") String senderId, ScanBody body) {
        Sender sender = request.sender(senderId);
        Optional<Phone> phone =
                body.phone().map(typed -> Phone.parse(typed).orElseThrow(() -> Refused.invalid(Phone.INVALID)));
        return answers.simulated(linking.scan(sender.tenant(), sender.id(), phone));
    }

    @POST
    @Path("senders/{senderId}/simulate")
    @Tag(name = "WhatsApp senders")
    @Operation(summary = "Simulate an event for a simulated sender")
    @APIResponseSchema(value = WireSender.class, responseDescription = "The sender in its new state")
    @APIResponse(responseCode = "400", description = "Unknown event")
    @APIResponse(responseCode = "409", description = "It is a real number, or its state does not allow the event")
    public WireSender simulate(@Context PoolRequest request, @PathParam("senderId") String senderId, FaultBody body) {
        Sender sender = request.sender(senderId);
        Fault fault = Fault.of(body.fault().orElse(""))
                .orElseThrow(() -> Refused.invalid(Invalid.whole("fault must be one of "
                        + Arrays.stream(Fault.values()).map(Fault::key).collect(Collectors.joining(", ")))));
        return answers.simulated(linking.fault(sender.tenant(), sender.id(), fault));
    }
}
