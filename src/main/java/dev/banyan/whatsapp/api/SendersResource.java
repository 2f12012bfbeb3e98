package dev.banyan.whatsapp.api;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.api.HistoryAnswers.EventListAnswer;
import dev.banyan.whatsapp.api.HistoryAnswers.MetricsAnswer;
import dev.banyan.whatsapp.api.SenderAnswers.LinkAnswer;
import dev.banyan.whatsapp.api.SenderAnswers.SenderAnswer;
import dev.banyan.whatsapp.api.SenderAnswers.SenderListAnswer;
import dev.banyan.whatsapp.registry.Senders;
import dev.banyan.whatsapp.session.Linking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
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

    record Moved(
            int servants,

            @Schema(description = "Waiting messages that moved with them: those to their contacts")
            int messages,

            @Schema(description = "Messages that still wait for the old master")
            int waiting) {}

    record MovedAnswer(boolean success, Moved data) {}

    record NewMasterOfServantBody(
            @Schema(description = "Whose pool it joins", example = "sales")
            Optional<String> master) {}

    record FaultBody(
            @Schema(description = "The event, such as `drop`; the error for an unknown event lists them all")
            Optional<String> fault) {}

    record ScanBody(
            @Schema(description = "The phone that scans; defaults to the sender's own number")
            Optional<String> phone) {}

    private final PoolApiGuard gate;
    private final SenderSearch search;
    private final SenderAnswers answers;
    private final HistoryAnswers history;
    private final NewNumbers newNumbers;
    private final Senders senders;
    private final Linking linking;

    SendersResource(
            PoolApiGuard gate,
            SenderSearch search,
            SenderAnswers answers,
            HistoryAnswers history,
            NewNumbers newNumbers,
            Senders senders,
            Linking linking) {
        this.gate = gate;
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
            value = SenderListAnswer.class,
            responseDescription = "Up to 1,000; use `nextCursor` to get the next page")
    public Response listMasters(
            @Context Call call,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return gate.json(call, context -> search.masters(context, limit, after));
    }

    @POST
    @Path("masters")
    @Parameter(ref = Idempotency.HEADER)
    @Tag(name = "WhatsApp masters")
    @Operation(summary = "Add a master")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "Added; link it next", responseCode = "201")
    @APIResponse(responseCode = "409", description = "The id or phone number is already in use")
    public Response addMaster(@Context Call call, NewNumbers.NewMasterBody body) {
        return gate.once(call, body, context -> newNumbers.master(call, context, body));
    }

    @GET
    @Path("masters/{masterId}")
    @Tag(name = "WhatsApp masters")
    @Operation(summary = "Get a master")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "The master")
    public Response getMaster(@Context Call call, @PathParam("masterId") String masterId) {
        return gate.master(call, masterId, (_, master) -> answers.one(200, master));
    }

    @PUT
    @Path("masters/{masterId}")
    @Tag(name = "WhatsApp masters")
    @Operation(summary = "Change a master; omitted fields stay the same")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "The changed master")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was changed")
    public Response changeMaster(@Context Call call, @PathParam("masterId") String masterId, SenderChangeBody body) {
        return gate.master(call, masterId, (context, master) -> changed(call, context, master, body));
    }

    private Response changed(Call call, AccountContext context, Sender sender, SenderChangeBody body) {
        return newNumbers
                .moved(context, sender, body)
                .fold(
                        moved -> answers.changed(call, context, moved, body),
                        refusal -> gate.refused(call, refusal, ConnectionsResource.NOT_FOUND));
    }

    @DELETE
    @Path("masters/{masterId}")
    @Tag(name = "WhatsApp masters")
    @Operation(summary = "Remove a master; its waiting messages move to `moveTo`, or wait until someone cancels them")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Removed")
    @APIResponse(responseCode = "404", description = "The master, or the master in `moveTo`, was not found")
    @APIResponse(responseCode = "409", description = "It has servants and `moveTo` is missing")
    public Response removeMaster(
            @Context Call call,
            @PathParam("masterId") String masterId,
            @Parameter(description = "The master that gets its servants and waiting messages") @QueryParam("moveTo")
                    Optional<String> moveTo) {
        return gate.master(call, masterId, (context, master) -> {
            Optional<SenderId> to = moveTo.flatMap(SenderId::parse);
            return moveTo.isPresent() && to.isEmpty()
                    ? gate.unknown(call, PoolApiGuard.NO_MASTER)
                    : answers.removed(call, senders.removeMaster(master.tenant(), context.actor(), master.id(), to));
        });
    }

    @POST
    @Path("masters/{masterId}/servants/move")
    @Tag(name = "WhatsApp masters")
    @Operation(summary = "Move all servants of a master to another master")
    @APIResponseSchema(value = MovedAnswer.class, responseDescription = "How many were moved")
    @APIResponse(responseCode = "404", description = "One of the masters was not found")
    public Response moveServants(@Context Call call, @PathParam("masterId") String masterId, MoveServantsBody body) {
        return gate.master(call, masterId, (context, master) -> {
            Optional<SenderId> to = body.master().flatMap(SenderId::parse);
            if (to.isEmpty()) {
                return gate.unknown(call, PoolApiGuard.NO_MASTER);
            }
            return switch (senders.moveServants(master.tenant(), context.actor(), master.id(), to.get())) {
                case Senders.MovedAll.Done done ->
                    Response.ok(new MovedAnswer(true, new Moved(done.servants(), done.messages(), done.waiting())))
                            .build();
                case Senders.MovedAll.MasterNotFound _ -> gate.unknown(call, PoolApiGuard.NO_MASTER);
            };
        });
    }

    @GET
    @Path("masters/{masterId}/link")
    @Tag(name = "WhatsApp masters")
    @Operation(summary = "Get the linking status of a master")
    @APIResponseSchema(
            value = LinkAnswer.class,
            responseDescription = "Its state, and the current code to scan, if any")
    public Response linkStateOfMaster(@Context Call call, @PathParam("masterId") String masterId) {
        return gate.master(call, masterId, (_, master) -> answers.linkState(master));
    }

    @POST
    @Path("masters/{masterId}/link")
    @Tag(name = "WhatsApp masters")
    @Operation(summary = "Start linking a master, or join a linking in progress")
    @APIResponseSchema(
            value = LinkAnswer.class,
            responseDescription = "The first code to scan; poll for the codes that follow")
    @APIResponse(responseCode = "409", description = "It is already linked or turned off")
    public Response linkMaster(@Context Call call, @PathParam("masterId") String masterId) {
        return gate.master(call, masterId, (context, master) -> answers.link(call, context, master));
    }

    @DELETE
    @Path("masters/{masterId}/link")
    @Tag(name = "WhatsApp masters")
    @Operation(summary = "Log out a master or stop its linking")
    @APIResponseSchema(value = LinkAnswer.class, responseDescription = "Its new state")
    @APIResponse(responseCode = "409", description = "It is not linked")
    public Response unlinkMaster(@Context Call call, @PathParam("masterId") String masterId) {
        return gate.master(call, masterId, (context, master) -> answers.unlink(call, context, master));
    }

    @GET
    @Path("servants")
    @Tag(name = "WhatsApp servants")
    @Operation(summary = "List servants, oldest first")
    @APIResponseSchema(
            value = SenderListAnswer.class,
            responseDescription = "Up to 1,000; use `nextCursor` to get the next page")
    @APIResponse(responseCode = "404", description = "Master account not found")
    public Response listServants(
            @Context Call call,
            @Parameter(description = "Only servants of this master") @QueryParam("master") Optional<String> master,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return gate.json(call, context -> search.servants(call, context, master, limit, after));
    }

    @POST
    @Path("servants")
    @Parameter(ref = Idempotency.HEADER)
    @Tag(name = "WhatsApp servants")
    @Operation(summary = "Add a servant")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "Added; link it next", responseCode = "201")
    @APIResponse(responseCode = "404", description = "Master account not found")
    @APIResponse(responseCode = "409", description = "The phone number is already in use")
    public Response addServant(@Context Call call, NewNumbers.NewServantBody body) {
        return gate.once(call, body, context -> newNumbers.servant(call, context, body));
    }

    @GET
    @Path("servants/{servantId}")
    @Tag(name = "WhatsApp servants")
    @Operation(summary = "Get a servant")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "The servant")
    public Response getServant(@Context Call call, @PathParam("servantId") String servantId) {
        return gate.servant(call, servantId, (_, servant) -> answers.one(200, servant));
    }

    @PUT
    @Path("servants/{servantId}")
    @Tag(name = "WhatsApp servants")
    @Operation(summary = "Change a servant; omitted fields stay the same")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "The changed servant")
    @APIResponse(responseCode = "400", description = "A field is invalid; nothing was changed")
    public Response changeServant(@Context Call call, @PathParam("servantId") String servantId, SenderChangeBody body) {
        return gate.servant(call, servantId, (context, servant) -> changed(call, context, servant, body));
    }

    @DELETE
    @Path("servants/{servantId}")
    @Tag(name = "WhatsApp servants")
    @Operation(summary = "Remove a servant")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Removed")
    public Response removeServant(@Context Call call, @PathParam("servantId") String servantId) {
        return gate.servant(
                call,
                servantId,
                (context, servant) ->
                        answers.removed(call, senders.removeServant(servant.tenant(), context.actor(), servant.id())));
    }

    @PUT
    @Path("servants/{servantId}/master")
    @Tag(name = "WhatsApp servants")
    @Operation(summary = "Move a servant to another master")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "The servant in its new pool")
    @APIResponse(responseCode = "404", description = "The servant or the master was not found")
    public Response moveServant(
            @Context Call call, @PathParam("servantId") String servantId, NewMasterOfServantBody body) {
        return gate.servant(call, servantId, (context, servant) -> {
            Optional<SenderId> master = body.master().flatMap(SenderId::parse);
            if (master.isEmpty()) {
                return gate.unknown(call, PoolApiGuard.NO_MASTER);
            }
            return switch (senders.changeMaster(servant.tenant(), context.actor(), servant.id(), master.get())) {
                case Senders.Moved.Done done -> answers.one(200, done.servant());
                case Senders.Moved.ServantNotFound _ -> gate.unknown(call, PoolApiGuard.NO_SERVANT);
                case Senders.Moved.MasterNotFound _ -> gate.unknown(call, PoolApiGuard.NO_MASTER);
            };
        });
    }

    @GET
    @Path("servants/{servantId}/link")
    @Tag(name = "WhatsApp servants")
    @Operation(summary = "Get the linking status of a servant")
    @APIResponseSchema(
            value = LinkAnswer.class,
            responseDescription = "Its state, and the current code to scan, if any")
    public Response linkStateOfServant(@Context Call call, @PathParam("servantId") String servantId) {
        return gate.servant(call, servantId, (_, servant) -> answers.linkState(servant));
    }

    @POST
    @Path("servants/{servantId}/link")
    @Tag(name = "WhatsApp servants")
    @Operation(summary = "Start linking a servant, or join a linking in progress")
    @APIResponseSchema(
            value = LinkAnswer.class,
            responseDescription = "The first code to scan; poll for the codes that follow")
    @APIResponse(responseCode = "409", description = "It is already linked or turned off")
    public Response linkServant(@Context Call call, @PathParam("servantId") String servantId) {
        return gate.servant(call, servantId, (context, servant) -> answers.link(call, context, servant));
    }

    @DELETE
    @Path("servants/{servantId}/link")
    @Tag(name = "WhatsApp servants")
    @Operation(summary = "Log out a servant or stop its linking")
    @APIResponseSchema(value = LinkAnswer.class, responseDescription = "Its new state")
    @APIResponse(responseCode = "409", description = "It is not linked")
    public Response unlinkServant(@Context Call call, @PathParam("servantId") String servantId) {
        return gate.servant(call, servantId, (context, servant) -> answers.unlink(call, context, servant));
    }

    @GET
    @Path("senders")
    @Tag(name = "WhatsApp senders")
    @Operation(summary = "Find masters and servants, oldest first")
    @APIResponseSchema(
            value = SenderListAnswer.class,
            responseDescription = "Senders that match all filters, up to 1,000; use `nextCursor` to get the next page")
    @APIResponse(responseCode = "404", description = "Master account not found")
    public Response find(
            @Context Call call,
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
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return gate.json(call, context -> search.all(call, context, limit, after));
    }

    @GET
    @Path("senders/{senderId}")
    @Tag(name = "WhatsApp senders")
    @Operation(summary = "Get a master or servant")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "The sender")
    public Response getSender(@Context Call call, @PathParam("senderId") String senderId) {
        return gate.sender(call, senderId, (_, sender) -> answers.one(200, sender));
    }

    @GET
    @Path("senders/{senderId}/events")
    @Tag(name = "WhatsApp senders")
    @Operation(summary = "List the events of a sender, newest first")
    @APIResponseSchema(
            value = EventListAnswer.class,
            responseDescription = "Up to 1,000; use `nextCursor` to get the next page")
    public Response events(
            @Context Call call,
            @PathParam("senderId") String senderId,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return gate.history(
                call,
                senderId,
                _ -> true,
                PoolApiGuard.NO_SENDER,
                (tenant, sender) -> history.eventsOfSender(tenant, sender, limit, after));
    }

    @GET
    @Path("senders/{senderId}/metrics")
    @Tag(name = "WhatsApp senders")
    @Operation(summary = "Get the activity of a sender by hour")
    @APIResponseSchema(
            value = MetricsAnswer.class,
            responseDescription = "Hours with activity, oldest first, and their total")
    @APIResponse(responseCode = "400", description = "A parameter is invalid")
    public Response metrics(
            @Context Call call,
            @PathParam("senderId") String senderId,
            @Parameter(description = "How many hours back, 1 to 8,784; defaults to 24") @QueryParam("hours")
                    Optional<String> hours) {
        return gate.history(
                call,
                senderId,
                _ -> true,
                PoolApiGuard.NO_SENDER,
                (tenant, sender) -> history.metrics(tenant, sender, hours));
    }

    @POST
    @Path("senders/{senderId}/pause")
    @Tag(name = "WhatsApp senders")
    @Operation(summary = "Pause a master or servant; its contacts go over the other numbers of the pool")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "The paused sender")
    @APIResponse(responseCode = "400", description = "mode is neither hold nor drain")
    public Response pause(@Context Call call, @PathParam("senderId") String senderId, PauseBody body) {
        return gate.sender(
                call,
                senderId,
                (context, sender) -> PauseBody.mode(body.mode())
                        .map(how -> answers.paused(call, context, sender, Optional.of(how)))
                        .orElseGet(() -> Answers.refused(PauseBody.BAD_MODE)));
    }

    @POST
    @Path("senders/{senderId}/resume")
    @Tag(name = "WhatsApp senders")
    @Operation(summary = "Resume a paused master or servant")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "The sender, which sends again")
    public Response resume(@Context Call call, @PathParam("senderId") String senderId) {
        return gate.sender(
                call, senderId, (context, sender) -> answers.paused(call, context, sender, Optional.empty()));
    }

    @POST
    @Path("senders/{senderId}/scan")
    @Tag(name = "WhatsApp senders")
    @Operation(summary = "Scan a sender's code with a simulated phone")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "The sender in its new state")
    @APIResponse(responseCode = "400", description = "Invalid phone number")
    @APIResponse(responseCode = "409", description = "It is a real number, it shows no code, or the phone was refused")
    public Response scan(@Context Call call, @PathParam("senderId") String senderId, ScanBody body) {
        return gate.sender(call, senderId, (_, sender) -> {
            Optional<Phone> phone = body.phone().flatMap(Phone::parse);
            return body.phone().isPresent() && phone.isEmpty()
                    ? PoolApiGuard.refused(Phone.INVALID)
                    : answers.simulated(call, linking.scan(sender.tenant(), sender.id(), phone));
        });
    }

    @POST
    @Path("senders/{senderId}/simulate")
    @Tag(name = "WhatsApp senders")
    @Operation(summary = "Simulate an event for a simulated sender")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "The sender in its new state")
    @APIResponse(responseCode = "400", description = "Unknown event")
    @APIResponse(responseCode = "409", description = "It is a real number, or its state does not allow the event")
    public Response simulate(@Context Call call, @PathParam("senderId") String senderId, FaultBody body) {
        return gate.sender(
                call,
                senderId,
                (_, sender) -> Fault.of(body.fault().orElse(""))
                        .map(fault -> answers.simulated(call, linking.fault(sender.tenant(), sender.id(), fault)))
                        .orElseGet(() -> Answers.refused(
                                400,
                                "fault must be one of "
                                        + Arrays.stream(Fault.values())
                                                .map(Fault::key)
                                                .collect(Collectors.joining(", ")))));
    }
}
