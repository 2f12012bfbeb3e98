package dev.banyan.whatsapp.api;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.api.SenderAnswers.LinkAnswer;
import dev.banyan.whatsapp.api.SenderAnswers.SenderAnswer;
import dev.banyan.whatsapp.api.SenderAnswers.SenderListAnswer;
import dev.banyan.whatsapp.registry.Senders;
import dev.banyan.whatsapp.registry.Senders.Moved;
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
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Servants in the API (design 7, "HTTP").
@Path("/api/whatsapp/servants")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp servants", description = "Numbers that work in the pool of a master.")
class ServantsResource {

    record NewServantBody(
            @Schema(description = "Whose pool it joins", example = "sales")
            Optional<String> master,

            @Schema(example = "+971500000102") Optional<String> phone,
            @Schema(example = "Support desk") Optional<String> displayName,

            @Schema(description = "Free text; `custom` where it is left out", example = "support")
            Optional<String> purpose) {}

    record NewMasterOfServantBody(
            @Schema(description = "Whose pool it joins", example = "sales")
            Optional<String> master) {}

    private final PoolApiGuard gate;
    private final SenderAnswers answers;
    private final SenderSearch search;
    private final Senders senders;
    private final Idempotency idempotency;

    ServantsResource(
            PoolApiGuard gate, SenderAnswers answers, SenderSearch search, Senders senders, Idempotency idempotency) {
        this.gate = gate;
        this.answers = answers;
        this.search = search;
        this.senders = senders;
        this.idempotency = idempotency;
    }

    @GET
    @Operation(summary = "List servants, the oldest first")
    @APIResponseSchema(
            value = SenderListAnswer.class,
            responseDescription = "All of them, up to 1,000; `nextCursor` says where the list goes on")
    @APIResponse(responseCode = "404", description = "Master account not found")
    public Response list(
            @Context Call call,
            @Parameter(description = "Those of this master alone") @QueryParam("master") Optional<String> master,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return gate.json(call, context -> search.servants(call, context, master, limit, after));
    }

    @POST
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Add a servant")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "Added; link it next", responseCode = "201")
    @APIResponse(responseCode = "404", description = "Master account not found")
    @APIResponse(responseCode = "409", description = "The phone number is taken")
    public Response add(@Context Call call, NewServantBody body) {
        return gate.json(
                call,
                context -> idempotency.once(
                        call,
                        context.root().id(),
                        call.header(Idempotency.HEADER),
                        body,
                        () -> add(call, context, body)));
    }

    private Response add(Call call, AccountContext context, NewServantBody body) {
        return body.master()
                .flatMap(SenderId::parse)
                .map(master -> answers.added(
                        call,
                        senders.addServant(
                                context.root().id(),
                                context.actor(),
                                new Senders.NewServant(
                                        master,
                                        body.phone().orElse(""),
                                        body.displayName().orElse(""),
                                        body.purpose(),
                                        DriverKind.SIMULATOR))))
                .orElseGet(() -> body.master().isEmpty()
                        ? Answers.refused(400, "Missing master")
                        : gate.unknown(call, PoolApiGuard.NO_MASTER));
    }

    @GET
    @Path("{servantId}")
    @Operation(summary = "Get a servant")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "The servant")
    public Response get(@Context Call call, @PathParam("servantId") String servantId) {
        return gate.servant(call, servantId, (_, servant) -> answers.one(200, servant));
    }

    @PUT
    @Path("{servantId}")
    @Operation(summary = "Change a servant; what is left out stays")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "The servant as it is now")
    @APIResponse(responseCode = "400", description = "A field breaks its rule; nothing was changed")
    public Response change(@Context Call call, @PathParam("servantId") String servantId, SenderChangeBody body) {
        return gate.servant(call, servantId, (context, servant) -> answers.changed(call, context, servant, body));
    }

    @DELETE
    @Path("{servantId}")
    @Operation(summary = "Remove a servant")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Removed")
    public Response remove(@Context Call call, @PathParam("servantId") String servantId) {
        return gate.servant(
                call,
                servantId,
                (context, servant) ->
                        answers.removed(call, senders.removeServant(servant.tenant(), context.actor(), servant.id())));
    }

    @PUT
    @Path("{servantId}/master")
    @Operation(summary = "Give a servant another master")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "The servant in its new pool")
    @APIResponse(responseCode = "404", description = "The servant or the master was not found")
    public Response move(@Context Call call, @PathParam("servantId") String servantId, NewMasterOfServantBody body) {
        return gate.servant(call, servantId, (context, servant) -> {
            Optional<SenderId> master = body.master().flatMap(SenderId::parse);
            if (master.isEmpty()) {
                return gate.unknown(call, PoolApiGuard.NO_MASTER);
            }
            return switch (senders.changeMaster(servant.tenant(), context.actor(), servant.id(), master.get())) {
                case Moved.Done done -> answers.one(200, done.servant());
                case Moved.ServantNotFound _ -> gate.unknown(call, PoolApiGuard.NO_SERVANT);
                case Moved.MasterNotFound _ -> gate.unknown(call, PoolApiGuard.NO_MASTER);
            };
        });
    }

    @GET
    @Path("{servantId}/link")
    @Operation(summary = "Get how far the linking of a servant has come")
    @APIResponseSchema(
            value = LinkAnswer.class,
            responseDescription = "Its state, and the code to scan while there is one")
    public Response linkState(@Context Call call, @PathParam("servantId") String servantId) {
        return gate.servant(call, servantId, (_, servant) -> answers.linkState(servant));
    }

    @POST
    @Path("{servantId}/link")
    @Operation(summary = "Begin to link a servant, or join whoever does")
    @APIResponseSchema(
            value = LinkAnswer.class,
            responseDescription = "The first code to scan; new ones follow, ask for them")
    @APIResponse(responseCode = "409", description = "It is linked, or switched off")
    public Response link(@Context Call call, @PathParam("servantId") String servantId) {
        return gate.servant(call, servantId, (context, servant) -> answers.link(call, context, servant));
    }

    @DELETE
    @Path("{servantId}/link")
    @Operation(summary = "Log a servant out, or stop its linking")
    @APIResponseSchema(value = LinkAnswer.class, responseDescription = "Its state now")
    @APIResponse(responseCode = "409", description = "It is not linked")
    public Response unlink(@Context Call call, @PathParam("servantId") String servantId) {
        return gate.servant(call, servantId, (context, servant) -> answers.unlink(call, context, servant));
    }
}
