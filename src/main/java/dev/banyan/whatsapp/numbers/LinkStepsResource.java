package dev.banyan.whatsapp.numbers;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.access.PoolRequest;
import dev.banyan.whatsapp.numbers.SenderAnswers.LinkState;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.whatsapp.session.Linking.Paired;
import dev.banyan.whatsapp.session.PasskeySteps;
import dev.banyan.whatsapp.session.PasskeyView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The steps of a linking that need more than a scan: a code to type, and the passkey that WhatsApp asks
/// some numbers for.
@Path("/api/whatsapp")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp senders", description = "Masters and servants alike.")
class LinkStepsResource {

    @NoOtherFields
    record CredentialBody(
            @Schema(
                    description = "The credential that a browser made at web.whatsapp.com, as an object of up to"
                            + " 16,384 characters; passed on unchanged")
            Optional<JsonNode> credential) {}

    @JsonInclude(Include.NON_ABSENT)
    record PairingCode(
            SenderId id,

            @Schema(description = "To type on the phone", example = "ABCD-1234")
            String code) {}

    private final SenderAnswers answers;
    private final Linking linking;
    private final PasskeySteps passkeys;

    LinkStepsResource(SenderAnswers answers, Linking linking, PasskeySteps passkeys) {
        this.answers = answers;
        this.linking = linking;
        this.passkeys = passkeys;
    }

    @POST
    @Path("senders/{senderId}/pairing-code")
    @Operation(summary = "Link a master or servant with a code that is typed on its phone")
    @APIResponseSchema(value = PairingCode.class, responseDescription = "The code; the same one until the linking ends")
    @APIResponse(
            responseCode = "409",
            description = "It is linked or turned off, its phone number is unknown, or its gateway offers none")
    public PairingCode pair(@Context PoolRequest request, @PathParam("senderId") String senderId) {
        Sender sender = request.sender(senderId);
        return switch (linking.pair(sender.tenant(), request.actor(), sender.id())) {
            case Paired.Done(Sender paired, String code) -> new PairingCode(paired.id(), code);
            case Paired.AlreadyLinked _ -> throw Refused.conflict(SenderAnswers.LINKED);
            case Paired.Disabled _ -> throw Refused.conflict(SenderAnswers.DISABLED);
            case Paired.NoPhone _ -> throw Refused.conflict("The phone number is unknown; link it with a QR code");
            case Paired.NotOffered _ ->
                throw Refused.conflict("The gateway offers no pairing code; link it with a QR code");
            case Paired.NotFound _ -> throw Refused.notFound(PoolRequest.SENDER);
        };
    }

    @GET
    @Path("senders/{senderId}/passkey")
    @Operation(summary = "Get the passkey step of a linking")
    @APIResponseSchema(
            value = PasskeyView.class,
            responseDescription = "What WhatsApp asks for: a challenge to sign, or a code to compare")
    @APIResponse(
            responseCode = "409",
            description = "No passkey is asked for, or the gateway has no passkey step; the error says what to do")
    public PasskeyView passkey(@Context PoolRequest request, @PathParam("senderId") String senderId) {
        PasskeySteps.Step step = passkeys.step(request.sender(senderId));
        return PasskeyView.of(step)
                .orElseThrow(() -> Refused.conflict(step.refusal().orElseThrow()));
    }

    @POST
    @Path("senders/{senderId}/passkey")
    @Operation(summary = "Answer the passkey challenge of a linking")
    @APIResponseSchema(
            value = LinkState.class,
            responseDescription = "Its new state; ask for the passkey step again, for there may be a code to compare")
    @APIResponse(responseCode = "400", description = "The credential is missing, too long or none")
    @APIResponse(
            responseCode = "409",
            description = "No passkey is asked for, the gateway has no passkey step, or it refused the credential")
    public LinkState answer(@Context PoolRequest request, @PathParam("senderId") String senderId, CredentialBody body) {
        Sender sender = request.sender(senderId);
        String credential = PasskeySteps.text(body.credential());
        Refused.ifInvalid(PasskeySteps.broken(credential));
        return passed(request, senderId, passkeys.answer(sender, credential));
    }

    @POST
    @Path("senders/{senderId}/passkey/confirm")
    @Operation(summary = "Confirm that the phone shows the same code")
    @APIResponseSchema(value = LinkState.class, responseDescription = "Its new state")
    @APIResponse(
            responseCode = "409",
            description = "No passkey is asked for, the gateway has no passkey step, or it refused")
    public LinkState confirm(@Context PoolRequest request, @PathParam("senderId") String senderId) {
        return passed(request, senderId, passkeys.confirm(request.sender(senderId)));
    }

    private LinkState passed(PoolRequest request, String senderId, Optional<String> refusal) {
        refusal.ifPresent(why -> {
            throw Refused.conflict(why);
        });
        return answers.linkState(request.sender(senderId));
    }
}
