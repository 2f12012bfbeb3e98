package dev.banyan.whatsapp.api;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
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
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Masters in the API (design 7, "HTTP").
@Path("/api/whatsapp/masters")
@RunOnVirtualThread
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
    @APIResponse(
            responseCode = "200",
            description = "All of them, up to 1,000; `nextCursor` says where the list goes on",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = SenderListAnswer.class)))
    @APIResponse(responseCode = "400", description = "A parameter breaks its rule")
    @APIResponse(responseCode = "401", description = "Not authenticated")
    @APIResponse(responseCode = "403", description = "A sub-account, or a user of a sub-client")
    public Response list(
            @Context Call call,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return gate.json(call, context -> search.masters(context, limit, after));
    }

    @POST
    @Parameter(
            name = Idempotency.HEADER,
            in = ParameterIn.HEADER,
            description = "Repeats are answered with the first answer for 24 hours",
            schema = @Schema(type = SchemaType.STRING))
    @Operation(summary = "Add a master")
    @APIResponse(
            responseCode = "201",
            description = "Added; link it next",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SenderAnswer.class)))
    @APIResponse(responseCode = "400", description = "A field breaks its rule")
    @APIResponse(responseCode = "401", description = "Not authenticated")
    @APIResponse(responseCode = "403", description = "A sub-account, or a user of a sub-client")
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
    @APIResponse(
            responseCode = "200",
            description = "The master",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SenderAnswer.class)))
    @APIResponse(responseCode = "401", description = "Not authenticated")
    @APIResponse(responseCode = "403", description = "A sub-account, or a user of a sub-client")
    @APIResponse(responseCode = "404", description = "Master account not found")
    public Response get(@Context Call call, @PathParam("masterId") String masterId) {
        return gate.master(call, masterId, (_, master) -> answers.one(200, master));
    }

    @PUT
    @Path("{masterId}")
    @Operation(summary = "Change a master; what is left out stays")
    @APIResponse(
            responseCode = "200",
            description = "The master as it is now",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SenderAnswer.class)))
    @APIResponse(responseCode = "400", description = "A field breaks its rule; nothing was changed")
    @APIResponse(responseCode = "401", description = "Not authenticated")
    @APIResponse(responseCode = "403", description = "A sub-account, or a user of a sub-client")
    @APIResponse(responseCode = "404", description = "Master account not found")
    public Response change(@Context Call call, @PathParam("masterId") String masterId, SenderChangeBody body) {
        return gate.master(call, masterId, (context, master) -> answers.changed(call, context, master, body));
    }

    @DELETE
    @Path("{masterId}")
    @Operation(summary = "Remove a master; what waits for it fails")
    @APIResponse(
            responseCode = "200",
            description = "Removed",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = Answers.Envelope.class)))
    @APIResponse(responseCode = "401", description = "Not authenticated")
    @APIResponse(responseCode = "403", description = "A sub-account, or a user of a sub-client")
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
    @APIResponse(
            responseCode = "200",
            description = "How many went",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MovedAnswer.class)))
    @APIResponse(responseCode = "401", description = "Not authenticated")
    @APIResponse(responseCode = "403", description = "A sub-account, or a user of a sub-client")
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
    @APIResponse(
            responseCode = "200",
            description = "Its state, and the code to scan while there is one",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = LinkAnswer.class)))
    @APIResponse(responseCode = "401", description = "Not authenticated")
    @APIResponse(responseCode = "403", description = "A sub-account, or a user of a sub-client")
    @APIResponse(responseCode = "404", description = "Master account not found")
    public Response linkState(@Context Call call, @PathParam("masterId") String masterId) {
        return gate.master(call, masterId, (_, master) -> answers.linkState(master));
    }

    @POST
    @Path("{masterId}/link")
    @Operation(summary = "Begin to link a master, or join whoever does")
    @APIResponse(
            responseCode = "200",
            description = "The first code to scan; new ones follow, ask for them",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = LinkAnswer.class)))
    @APIResponse(responseCode = "401", description = "Not authenticated")
    @APIResponse(responseCode = "403", description = "A sub-account, or a user of a sub-client")
    @APIResponse(responseCode = "404", description = "Master account not found")
    @APIResponse(responseCode = "409", description = "It is linked, or switched off")
    public Response link(@Context Call call, @PathParam("masterId") String masterId) {
        return gate.master(call, masterId, (context, master) -> answers.link(call, context, master));
    }

    @DELETE
    @Path("{masterId}/link")
    @Operation(summary = "Log a master out, or stop its linking")
    @APIResponse(
            responseCode = "200",
            description = "Its state now",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = LinkAnswer.class)))
    @APIResponse(responseCode = "401", description = "Not authenticated")
    @APIResponse(responseCode = "403", description = "A sub-account, or a user of a sub-client")
    @APIResponse(responseCode = "404", description = "Master account not found")
    @APIResponse(responseCode = "409", description = "It is not linked")
    public Response unlink(@Context Call call, @PathParam("masterId") String masterId) {
        return gate.master(call, masterId, (context, master) -> answers.unlink(call, context, master));
    }
}
