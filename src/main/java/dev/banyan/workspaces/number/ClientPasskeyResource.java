package dev.banyan.workspaces.number;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.session.PasskeySteps;
import dev.banyan.whatsapp.session.PasskeySteps.Step;
import dev.banyan.whatsapp.session.PasskeyView;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceNumbers.ViewResult;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The passkey that WhatsApp asks for while a workspace's number is linked, as an API.
@Path("/api/whatsapp")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp client", description = "The WhatsApp number of a sub-client.")
@APIResponse(responseCode = "404", description = "WhatsApp client not found")
class ClientPasskeyResource {

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

    record ClientPasskeyAnswer(boolean success, PasskeyView passkey) {}

    private final WorkspaceApiGuard gate;
    private final WorkspaceNumbers numbers;
    private final PasskeySteps passkeys;

    ClientPasskeyResource(WorkspaceApiGuard gate, WorkspaceNumbers numbers, PasskeySteps passkeys) {
        this.gate = gate;
        this.numbers = numbers;
        this.passkeys = passkeys;
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
    public Response passkey(@Context Call call, @QueryParam("clientId") Optional<String> clientId) {
        return onNumber(call, clientId, number -> {
            Step step = passkeys.step(number);
            return PasskeyView.of(step)
                    .map(asked ->
                            Response.ok(new ClientPasskeyAnswer(true, asked)).build())
                    .orElseGet(() -> Answers.refused(409, step.refusal().orElseThrow()));
        });
    }

    @POST
    @Path("passkey")
    @Operation(summary = "Answer the passkey challenge that links a WhatsApp client")
    @APIResponseSchema(
            value = Answers.Envelope.class,
            responseDescription = "Accepted; ask for the passkey step again, for there may be a code to compare")
    @APIResponse(responseCode = "400", description = "Missing clientId, or the credential is missing, too long or none")
    @APIResponse(
            responseCode = "409",
            description = "No passkey is asked for, the gateway has no passkey step, or it refused the credential")
    public Response answer(@Context Call call, ClientCredentialBody body) {
        String credential = PasskeySteps.text(body.credential());
        return onNumber(
                call,
                body.clientId(),
                number -> PasskeySteps.broken(credential)
                        .map(Answers::refused)
                        .orElseGet(() -> passed(passkeys.answer(number, credential), "Passkey accepted")));
    }

    @POST
    @Path("passkey/confirm")
    @Operation(summary = "Confirm that the phone shows the same code")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Confirmed; the client is linked next")
    @APIResponse(responseCode = "400", description = "Missing clientId")
    @APIResponse(
            responseCode = "409",
            description = "No passkey is asked for, the gateway has no passkey step, or it refused")
    public Response confirm(@Context Call call, PasskeyConfirmationBody body) {
        return onNumber(call, body.clientId(), number -> passed(passkeys.confirm(number), "Passkey confirmed"));
    }

    private static Response passed(Optional<String> refusal, String done) {
        return refusal.map(why -> Answers.refused(409, why)).orElseGet(() -> Answers.done(done));
    }

    private Response onNumber(Call call, Optional<String> clientId, Function<Sender, Response> work) {
        return gate.json(
                call,
                actor -> clientId.isEmpty()
                        ? Answers.refused(400, "Missing clientId")
                        : switch (numbers.findByClient(actor, clientId.get())) {
                            case ViewResult.Done(Workspace _, Sender number) -> work.apply(number);
                            case ViewResult.NoNumber _ -> Answers.refused(404, WhatsAppClientResource.UNKNOWN);
                            case ViewResult.NotFound _ -> gate.denied(call, 404, WhatsAppClientResource.UNKNOWN);
                            case ViewResult.Forbidden _ -> gate.denied(call, 403, WhatsAppClientResource.FORBIDDEN);
                        });
    }
}
