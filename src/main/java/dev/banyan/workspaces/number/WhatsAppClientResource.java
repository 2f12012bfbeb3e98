package dev.banyan.workspaces.number;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.answer.WholeEnvelope;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.session.LinkEvent;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.whatsapp.session.PasskeySteps;
import dev.banyan.whatsapp.session.PasskeySteps.Step;
import dev.banyan.whatsapp.session.PasskeyView;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceNumbers.Deleted;
import dev.banyan.workspaces.WorkspaceNumbers.WithNumber;
import dev.banyan.workspaces.access.MemberRequest;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
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

    @Schema(requiredProperties = "subClientId")
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

    record ClientAnswer(boolean success, NumberView client) implements WholeEnvelope {

        static ClientAnswer of(Sender number) {
            return new ClientAnswer(true, NumberView.of(number));
        }
    }

    @JsonInclude(Include.NON_ABSENT)
    record CodeAnswer(boolean success, Optional<String> qrCode, Optional<String> error) implements WholeEnvelope {}

    @NoOtherFields
    record ClientCredentialBody(
            @Schema(description = "The client", example = "wa_123456789012345678")
            Optional<String> clientId,

            @Schema(
                    description = "The credential that a browser made at web.whatsapp.com, as an object of up to"
                            + " 16,384 characters; passed on unchanged")
            Optional<JsonNode> credential) {}

    @NoOtherFields
    record PasskeyConfirmationBody(
            @Schema(description = "The client", example = "wa_123456789012345678")
            Optional<String> clientId) {}

    record ClientPasskeyAnswer(boolean success, PasskeyView passkey) implements WholeEnvelope {}

    private final WorkspaceNumbers numbers;
    private final NumberPlaces places;
    private final Linking linking;
    private final PasskeySteps passkeys;

    WhatsAppClientResource(WorkspaceNumbers numbers, NumberPlaces places, Linking linking, PasskeySteps passkeys) {
        this.numbers = numbers;
        this.places = places;
        this.linking = linking;
        this.passkeys = passkeys;
    }

    @GET
    @Path("client")
    @Operation(summary = "Get the WhatsApp client of a sub-client")
    @APIResponseSchema(
            value = ClientAnswer.class,
            responseDescription = "The client; without phone and device until it is linked")
    @APIResponse(responseCode = "400", description = "Missing subClientId")
    public ClientAnswer get(@Context MemberRequest request, @QueryParam("subClientId") Optional<String> subClientId) {
        WorkspaceActor actor = request.actor(Optional.empty());
        String id = subClientId.orElseThrow(() -> request.refused(400, "Missing subClientId"));
        Outcome<WithNumber> seen =
                WorkspaceId.parse(id).map(known -> numbers.find(actor, known)).orElseGet(Outcome::notFound);
        return ClientAnswer.of(NumberAnswers.found(request, seen));
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
    public Response create(@Context MemberRequest request, NewClientBody body) {
        Optional<WorkspaceId> workspace = body.subClientId().flatMap(WorkspaceId::parse);
        WorkspaceActor actor = request.actor(workspace);
        if (body.subClientId().isEmpty()) {
            throw request.refused(400, "Missing subClientId");
        }
        return request.once(
                actor.owner().account(),
                body,
                200,
                () -> ClientAnswer.of(
                        created(request, actor, body, workspace.orElseThrow(() -> unknownWorkspace(request)))));
    }

    private static EarlyAnswer unknownWorkspace(MemberRequest request) {
        return request.denied(404, WorkspaceApiGuard.UNKNOWN_WORKSPACE);
    }

    private Sender created(MemberRequest request, WorkspaceActor actor, NewClientBody body, WorkspaceId id) {
        // Checked first: a workspace outside the project named in the body gets no number.
        Workspace workspace = request.done(numbers.find(actor, id), WorkspaceApiGuard.UNKNOWN_WORKSPACE, FORBIDDEN)
                .workspace();
        if (body.projectId()
                .filter(project -> !project.equals(workspace.project().toString()))
                .isPresent()) {
            throw unknownWorkspace(request);
        }
        if (body.wanted().isEmpty()) {
            return request.done(numbers.create(actor, workspace.id()), WorkspaceApiGuard.UNKNOWN_WORKSPACE, FORBIDDEN);
        }
        if (!NumberPlaces.mayChoose(actor)) {
            throw request.denied(403, NOT_THEIRS);
        }
        var place = request.done(places.at(actor.owner().tenant(), body.wanted().get()), NO_CONNECTION, FORBIDDEN);
        return request.done(
                numbers.create(actor, workspace.id(), place), WorkspaceApiGuard.UNKNOWN_WORKSPACE, FORBIDDEN);
    }

    @DELETE
    @Path("client")
    @Operation(summary = "Delete a WhatsApp client")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Deleted")
    @APIResponse(responseCode = "400", description = "Missing clientId")
    @APIResponse(responseCode = "409", description = "The client has servants")
    public DoneMessage delete(@Context MemberRequest request, @QueryParam("clientId") Optional<String> clientId) {
        WorkspaceActor actor = request.actor(Optional.empty());
        return switch (numbers.delete(actor, client(request, clientId))) {
            case Deleted.Done _ -> new DoneMessage("WhatsApp client deleted successfully");
            case Deleted.Refused(Refusal refusal) -> throw request.refused(refusal, UNKNOWN, FORBIDDEN);
            case Deleted.HasServants has ->
                throw Refused.conflict("WhatsApp client has " + has.servants()
                        + (has.servants() == 1 ? " servant" : " servants")
                        + ". Move or remove them first.");
        };
    }

    private static String client(MemberRequest request, Optional<String> clientId) {
        return clientId.orElseThrow(() -> request.refused(400, "Missing clientId"));
    }

    @GET
    @Path("qr")
    @Operation(summary = "Get the QR code that links a WhatsApp client")
    @APIResponseSchema(
            value = CodeAnswer.class,
            responseDescription = "The text of the code; `success: false` until there is a code")
    @APIResponse(responseCode = "400", description = "Missing clientId")
    public CodeAnswer code(@Context MemberRequest request, @QueryParam("clientId") Optional<String> clientId) {
        WorkspaceActor actor = request.actor(Optional.empty());
        Sender number = NumberAnswers.found(request, numbers.findByClient(actor, client(request, clientId)));
        return linking.code(number.tenant(), number.id())
                .map(LinkEvent.Code::text)
                .map(text -> new CodeAnswer(true, Optional.of(text), Optional.empty()))
                .orElse(new CodeAnswer(false, Optional.empty(), Optional.of("QR code not available yet")));
    }

    @GET
    @Path("passkey")
    @Operation(summary = "Get the passkey step that links a WhatsApp client")
    @APIResponseSchema(
            value = ClientPasskeyAnswer.class,
            responseDescription = "What WhatsApp asks for: a challenge to sign, or a code to compare")
    @APIResponse(responseCode = "400", description = "Missing clientId")
    @APIResponse(
            responseCode = "409",
            description = "No passkey is asked for, or the gateway has no passkey step; the error says what to do")
    public ClientPasskeyAnswer passkey(
            @Context MemberRequest request, @QueryParam("clientId") Optional<String> clientId) {
        Step step = passkeys.step(number(request, clientId));
        return PasskeyView.of(step)
                .map(asked -> new ClientPasskeyAnswer(true, asked))
                .orElseThrow(() -> Refused.conflict(step.refusal().orElseThrow()));
    }

    @POST
    @Path("passkey")
    @Operation(summary = "Answer the passkey challenge that links a WhatsApp client")
    @APIResponseSchema(
            value = DoneMessage.class,
            responseDescription = "Accepted; ask for the passkey step again, for there may be a code to compare")
    @APIResponse(responseCode = "400", description = "Missing clientId, or the credential is missing, too long or none")
    @APIResponse(
            responseCode = "409",
            description = "No passkey is asked for, the gateway has no passkey step, or it refused the credential")
    public DoneMessage answer(@Context MemberRequest request, ClientCredentialBody body) {
        String credential = PasskeySteps.text(body.credential());
        Sender number = number(request, body.clientId());
        Refused.ifInvalid(PasskeySteps.broken(credential));
        return passed(passkeys.answer(number, credential), "Passkey accepted");
    }

    @POST
    @Path("passkey/confirm")
    @Operation(summary = "Confirm that the phone shows the same code")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Confirmed; the client is linked next")
    @APIResponse(responseCode = "400", description = "Missing clientId")
    @APIResponse(
            responseCode = "409",
            description = "No passkey is asked for, the gateway has no passkey step, or it refused")
    public DoneMessage confirm(@Context MemberRequest request, PasskeyConfirmationBody body) {
        return passed(passkeys.confirm(number(request, body.clientId())), "Passkey confirmed");
    }

    private static DoneMessage passed(Optional<String> refusal, String done) {
        refusal.ifPresent(why -> {
            throw Refused.conflict(why);
        });
        return new DoneMessage(done);
    }

    private Sender number(MemberRequest request, Optional<String> clientId) {
        WorkspaceActor actor = request.actor(Optional.empty());
        String client = clientId.orElseThrow(() -> request.refused(400, "Missing clientId"));
        return NumberAnswers.found(request, numbers.findByClient(actor, client));
    }
}
