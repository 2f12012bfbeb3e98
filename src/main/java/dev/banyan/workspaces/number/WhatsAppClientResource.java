package dev.banyan.workspaces.number;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.session.LinkEvent;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceNumbers.Deleted;
import dev.banyan.workspaces.WorkspaceNumbers.ViewResult;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The number of a workspace, as an API: the sub-client seed's routes, in its terms. Changes are sent over
/// `/api/whatsapp/ws` ([NumberSocket]).
@Path("/api/whatsapp")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp client", description = "The WhatsApp number of a sub-client.")
@APIResponse(responseCode = "404", description = "WhatsApp client not found")
class WhatsAppClientResource {

    static final String UNKNOWN = "WhatsApp client not found";
    static final String FORBIDDEN = "Only sub-client admins can manage the WhatsApp client";
    static final String NO_CONNECTION = "Connection not found";
    static final String NOT_THEIRS = "Only the account can choose the connection of a WhatsApp client";

    record NewClientBody(
            @Schema(description = "The project of the sub-client (optional)")
            Optional<String> projectId,

            @Schema(description = "The sub-client", example = "scl_1704067200000_a1b2c3d4e")
            Optional<String> subClientId,

            @Schema(
                    description =
                            "The WAHA or Evolution connection of a new client, which only people of the account may"
                                    + " choose; their oldest one if omitted, or a simulated number if they have none."
                                    + " An existing client stays where it is")
            Optional<String> connection) {

        Optional<String> wanted() {
            return connection.map(String::strip).filter(text -> !text.isEmpty());
        }
    }

    record ClientAnswer(boolean success, NumberView client) {}

    @JsonInclude(Include.NON_ABSENT)
    record CodeAnswer(boolean success, Optional<String> qrCode, Optional<String> error) {}

    private final WorkspaceApiGuard gate;
    private final WorkspaceNumbers numbers;
    private final NumberPlaces places;
    private final Linking linking;
    private final Idempotency idempotency;

    WhatsAppClientResource(
            WorkspaceApiGuard gate,
            WorkspaceNumbers numbers,
            NumberPlaces places,
            Linking linking,
            Idempotency idempotency) {
        this.gate = gate;
        this.numbers = numbers;
        this.places = places;
        this.linking = linking;
        this.idempotency = idempotency;
    }

    @GET
    @Path("client")
    @Operation(summary = "Get the WhatsApp client of a sub-client")
    @APIResponseSchema(
            value = ClientAnswer.class,
            responseDescription = "The client; without phone and device until it is linked")
    @APIResponse(responseCode = "400", description = "Missing subClientId")
    public Response get(@Context Call call, @QueryParam("subClientId") Optional<String> subClientId) {
        return gate.json(
                call,
                actor -> subClientId.isEmpty()
                        ? Answers.refused(400, "Missing subClientId")
                        : answer(
                                call,
                                WorkspaceId.parse(subClientId.get())
                                        .map(id -> numbers.find(actor, id))
                                        .orElseGet(ViewResult.NotFound::new),
                                done -> Response.ok(new ClientAnswer(true, NumberView.of(done.number())))
                                        .build()));
    }

    private interface OnNumber {
        Response answer(ViewResult.Done found);
    }

    private Response answer(Call call, ViewResult seen, OnNumber work) {
        return switch (seen) {
            case ViewResult.Done done -> work.answer(done);
            case ViewResult.NoNumber _ -> Answers.refused(404, UNKNOWN);
            case ViewResult.NotFound _ -> gate.denied(call, 404, UNKNOWN);
            case ViewResult.Forbidden _ -> gate.denied(call, 403, FORBIDDEN);
        };
    }

    @POST
    @Path("client")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Create the WhatsApp client of a sub-client and start linking")
    @APIResponseSchema(
            value = ClientAnswer.class,
            responseDescription = "The new or existing client; its QR code arrives over the WebSocket")
    @APIResponse(responseCode = "400", description = "Missing subClientId")
    @APIResponse(responseCode = "403", description = "Only the account can choose the connection")
    @APIResponse(responseCode = "404", description = "Sub-client or connection not found")
    public Response create(@Context Call call, NewClientBody body) {
        Optional<WorkspaceId> workspace = body.subClientId().flatMap(WorkspaceId::parse);
        return gate.json(
                call,
                workspace,
                actor -> body.subClientId().isEmpty()
                        ? Answers.refused(400, "Missing subClientId")
                        : idempotency.once(
                                call,
                                owner(actor),
                                call.header(Idempotency.HEADER),
                                body,
                                () -> workspace
                                        .map(id -> create(call, actor, body, id))
                                        .orElseGet(() -> gate.denied(call, 404, WorkspaceApiGuard.UNKNOWN_WORKSPACE))));
    }

    private static AccountId owner(WorkspaceActor actor) {
        return switch (actor) {
            case WorkspaceActor.ProjectSide side -> side.context().acting().id();
            case WorkspaceActor.Member member -> member.workspace().owner().account();
        };
    }

    private Response create(Call call, WorkspaceActor actor, NewClientBody body, WorkspaceId id) {
        // Checked first: a workspace outside the project named in the body gets no number.
        return switch (numbers.find(actor, id)) {
            case ViewResult.NotFound _ -> gate.denied(call, 404, WorkspaceApiGuard.UNKNOWN_WORKSPACE);
            case ViewResult.Forbidden _ -> gate.denied(call, 403, FORBIDDEN);
            case ViewResult.Done done -> create(call, actor, body, done.workspace());
            case ViewResult.NoNumber none -> create(call, actor, body, none.workspace());
        };
    }

    private Response create(Call call, WorkspaceActor actor, NewClientBody body, Workspace workspace) {
        if (body.projectId()
                .filter(project -> !project.equals(workspace.project().toString()))
                .isPresent()) {
            return gate.denied(call, 404, WorkspaceApiGuard.UNKNOWN_WORKSPACE);
        }
        if (body.wanted().isEmpty()) {
            return created(call, numbers.create(actor, workspace.id()));
        }
        if (!NumberPlaces.mayChoose(actor)) {
            return gate.denied(call, 403, NOT_THEIRS);
        }
        return places.at(actor.owner().tenant(), body.wanted().get())
                .fold(
                        place -> created(call, numbers.create(actor, workspace.id(), place)),
                        refusal -> gate.refused(call, refusal, NO_CONNECTION, FORBIDDEN));
    }

    private Response created(Call call, Outcome<Sender> made) {
        return made.fold(
                number -> Response.ok(new ClientAnswer(true, NumberView.of(number)))
                        .build(),
                refusal -> gate.refused(call, refusal, FORBIDDEN));
    }

    @DELETE
    @Path("client")
    @Operation(summary = "Delete a WhatsApp client")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "400", description = "Missing clientId")
    @APIResponse(responseCode = "409", description = "The client has servants")
    public Response delete(@Context Call call, @QueryParam("clientId") Optional<String> clientId) {
        return withClient(call, clientId, (actor, client) -> switch (numbers.delete(actor, client)) {
            case Deleted.Done _ -> Answers.done("WhatsApp client deleted successfully");
            case Deleted.Refused(Refusal refusal) -> gate.refused(call, refusal, UNKNOWN, FORBIDDEN);
            case Deleted.HasServants has ->
                Answers.refused(
                        409,
                        "WhatsApp client has " + has.servants()
                                + (has.servants() == 1 ? " servant" : " servants")
                                + ". Move or remove them first.");
        });
    }

    @GET
    @Path("qr")
    @Operation(summary = "Get the QR code that links a WhatsApp client")
    @APIResponseSchema(
            value = CodeAnswer.class,
            responseDescription = "The text of the code; `success: false` until there is a code")
    @APIResponse(responseCode = "400", description = "Missing clientId")
    public Response code(@Context Call call, @QueryParam("clientId") Optional<String> clientId) {
        return withClient(
                call,
                clientId,
                (actor, client) -> answer(
                        call,
                        numbers.findByClient(actor, client),
                        done -> Response.ok(linking.code(
                                                done.number().tenant(),
                                                done.number().id())
                                        .map(LinkEvent.Code::text)
                                        .map(text -> new CodeAnswer(true, Optional.of(text), Optional.empty()))
                                        .orElse(new CodeAnswer(
                                                false, Optional.empty(), Optional.of("QR code not available yet"))))
                                .build()));
    }

    private Response withClient(
            Call call, Optional<String> clientId, BiFunction<WorkspaceActor, String, Response> work) {
        return gate.json(
                call,
                actor -> clientId.map(client -> work.apply(actor, client))
                        .orElseGet(() -> Answers.refused(400, "Missing clientId")));
    }
}
