package dev.banyan.whatsapp.api;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.api.SenderAnswers.LinkAnswer;
import dev.banyan.whatsapp.api.SenderAnswers.SenderAnswer;
import dev.banyan.whatsapp.api.SenderAnswers.SenderListAnswer;
import dev.banyan.whatsapp.registry.Senders;
import dev.banyan.whatsapp.registry.Senders.MovedAll;
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

/// Masters in the API (design 7, "HTTP").
@Path("/api/whatsapp/masters")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp masters", description = "Numbers that lead a pool.")
class MastersResource {

    static final Invalid BAD_TYPE = new Invalid("type", "type must be primary or backup");

    record NewMasterBody(
            @Schema(description = "Unique on the server; made from the name where it is left out", example = "sales")
            Optional<String> id,

            @Schema(example = "Sales") Optional<String> displayName,

            @Schema(description = "Learnt at linking where it is left out", example = "+971500000101")
            Optional<String> phone,

            @Schema(description = "`primary` (so without it) or `backup`")
            Optional<String> type) {}

    record MoveServantsBody(
            @Schema(description = "The master that gets them", example = "sales")
            Optional<String> master) {}

    record Moved(int servants) {}

    record MovedAnswer(boolean success, Moved data) {}

    private final PoolApiGuard gate;
    private final SenderAnswers answers;
    private final SenderSearch search;
    private final Senders senders;
    private final Idempotency idempotency;

    MastersResource(
            PoolApiGuard gate, SenderAnswers answers, SenderSearch search, Senders senders, Idempotency idempotency) {
        this.gate = gate;
        this.answers = answers;
        this.search = search;
        this.senders = senders;
        this.idempotency = idempotency;
    }

    @GET
    @Operation(summary = "List masters, the oldest first")
    @APIResponseSchema(
            value = SenderListAnswer.class,
            responseDescription = "All of them, up to 1,000; `nextCursor` says where the list goes on")
    public Response list(
            @Context Call call,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return gate.json(call, context -> search.masters(context, limit, after));
    }

    @POST
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Add a master")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "Added; link it next", responseCode = "201")
    @APIResponse(responseCode = "409", description = "The id or the phone number is taken")
    public Response add(@Context Call call, NewMasterBody body) {
        return gate.json(
                call,
                context -> idempotency.once(
                        call,
                        context.root().id(),
                        call.header(Idempotency.HEADER),
                        body,
                        () -> add(call, context, body)));
    }

    private Response add(Call call, AccountContext context, NewMasterBody body) {
        Optional<MasterType> type = body.type().map(MasterType::parse).orElse(Optional.of(MasterType.PRIMARY));
        return type.map(known -> answers.added(
                        call,
                        senders.addMaster(
                                context.root().id(),
                                context.actor(),
                                new Senders.NewMaster(
                                        body.id(),
                                        body.displayName().orElse(""),
                                        body.phone(),
                                        known,
                                        DriverKind.SIMULATOR))))
                .orElseGet(() -> Answers.refused(BAD_TYPE));
    }

    @GET
    @Path("{masterId}")
    @Operation(summary = "Get a master")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "The master")
    public Response get(@Context Call call, @PathParam("masterId") String masterId) {
        return gate.master(call, masterId, (_, master) -> answers.one(200, master));
    }

    @PUT
    @Path("{masterId}")
    @Operation(summary = "Change a master; what is left out stays")
    @APIResponseSchema(value = SenderAnswer.class, responseDescription = "The master as it is now")
    @APIResponse(responseCode = "400", description = "A field breaks its rule; nothing was changed")
    public Response change(@Context Call call, @PathParam("masterId") String masterId, SenderChangeBody body) {
        return gate.master(call, masterId, (context, master) -> answers.changed(call, context, master, body));
    }

    @DELETE
    @Path("{masterId}")
    @Operation(summary = "Remove a master; what waits for it fails")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Removed")
    @APIResponse(responseCode = "404", description = "Master account not found, or none to move its servants to")
    @APIResponse(responseCode = "409", description = "It has servants, and `moveTo` does not say where they go")
    public Response remove(
            @Context Call call,
            @PathParam("masterId") String masterId,
            @Parameter(description = "The master that gets its servants") @QueryParam("moveTo")
                    Optional<String> moveTo) {
        return gate.master(call, masterId, (context, master) -> {
            Optional<SenderId> to = moveTo.flatMap(SenderId::parse);
            return moveTo.isPresent() && to.isEmpty()
                    ? gate.unknown(call, PoolApiGuard.NO_MASTER)
                    : answers.removed(call, senders.removeMaster(master.tenant(), context.actor(), master.id(), to));
        });
    }

    @POST
    @Path("{masterId}/servants/move")
    @Operation(summary = "Give all servants of a master to another one")
    @APIResponseSchema(value = MovedAnswer.class, responseDescription = "How many went")
    @APIResponse(responseCode = "404", description = "One of the masters was not found")
    public Response moveServants(@Context Call call, @PathParam("masterId") String masterId, MoveServantsBody body) {
        return gate.master(call, masterId, (context, master) -> {
            Optional<SenderId> to = body.master().flatMap(SenderId::parse);
            if (to.isEmpty()) {
                return gate.unknown(call, PoolApiGuard.NO_MASTER);
            }
            return switch (senders.moveServants(master.tenant(), context.actor(), master.id(), to.get())) {
                case MovedAll.Done done ->
                    Response.ok(new MovedAnswer(true, new Moved(done.servants())))
                            .build();
                case MovedAll.MasterNotFound _ -> gate.unknown(call, PoolApiGuard.NO_MASTER);
            };
        });
    }

    @GET
    @Path("{masterId}/link")
    @Operation(summary = "Get how far the linking of a master has come")
    @APIResponseSchema(
            value = LinkAnswer.class,
            responseDescription = "Its state, and the code to scan while there is one")
    public Response linkState(@Context Call call, @PathParam("masterId") String masterId) {
        return gate.master(call, masterId, (_, master) -> answers.linkState(master));
    }

    @POST
    @Path("{masterId}/link")
    @Operation(summary = "Begin to link a master, or join whoever does")
    @APIResponseSchema(
            value = LinkAnswer.class,
            responseDescription = "The first code to scan; new ones follow, ask for them")
    @APIResponse(responseCode = "409", description = "It is linked, or switched off")
    public Response link(@Context Call call, @PathParam("masterId") String masterId) {
        return gate.master(call, masterId, (context, master) -> answers.link(call, context, master));
    }

    @DELETE
    @Path("{masterId}/link")
    @Operation(summary = "Log a master out, or stop its linking")
    @APIResponseSchema(value = LinkAnswer.class, responseDescription = "Its state now")
    @APIResponse(responseCode = "409", description = "It is not linked")
    public Response unlink(@Context Call call, @PathParam("masterId") String masterId) {
        return gate.master(call, masterId, (context, master) -> answers.unlink(call, context, master));
    }
}
