package dev.banyan.workspaces.number;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.answer.WholeEnvelope;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.session.PasskeySteps;
import dev.banyan.whatsapp.session.PasskeySteps.Step;
import dev.banyan.whatsapp.session.PasskeyView;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.access.MemberRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
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

    record ClientPasskeyAnswer(boolean success, PasskeyView passkey) implements WholeEnvelope {}

    private final WorkspaceNumbers numbers;
    private final PasskeySteps passkeys;

    ClientPasskeyResource(WorkspaceNumbers numbers, PasskeySteps passkeys) {
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
