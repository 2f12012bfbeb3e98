package dev.banyan.whatsapp.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.api.SenderAnswers.LinkAnswer;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.whatsapp.session.Linking.Paired;
import dev.banyan.whatsapp.session.PasskeySteps;
import dev.banyan.whatsapp.session.PasskeyView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The steps of a linking that need more than a scan: a code to type, and the passkey that WhatsApp asks some numbers
/// for.
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

    record PasskeyAnswer(boolean success, PasskeyView data) {}

    @JsonInclude(Include.NON_ABSENT)
    record PairingCode(
            SenderId id,

            @Schema(description = "To type on the phone", example = "ABCD-1234")
            String code) {}

    record PairingCodeAnswer(boolean success, PairingCode data) {}

    private final PoolApiGuard gate;
    private final SenderAnswers answers;
    private final Linking linking;
    private final PasskeySteps passkeys;

    LinkStepsResource(PoolApiGuard gate, SenderAnswers answers, Linking linking, PasskeySteps passkeys) {
        this.gate = gate;
        this.answers = answers;
        this.linking = linking;
        this.passkeys = passkeys;
    }

    @POST
    @Path("senders/{senderId}/pairing-code")
    @Operation(summary = "Link a master or servant with a code that is typed on its phone")
    @APIResponseSchema(
            value = PairingCodeAnswer.class,
            responseDescription = "The code; the same one until the linking ends")
    @APIResponse(
            responseCode = "409",
            description = "It is linked or turned off, its phone number is unknown, or its gateway offers none")
    public Response pair(@Context Call call, @PathParam("senderId") String senderId) {
        return gate.sender(call, senderId, (context, sender) -> switch (linking.pair(
                sender.tenant(), context.actor(), sender.id())) {
            case Paired.Done(Sender paired, String code) ->
                Response.ok(new PairingCodeAnswer(true, new PairingCode(paired.id(), code)))
                        .build();
            case Paired.AlreadyLinked _ -> Answers.refused(409, "Account is already linked");
            case Paired.Disabled _ -> Answers.refused(409, "Account is turned off in its imported file");
            case Paired.NoPhone _ -> Answers.refused(409, "The phone number is unknown; link it with a QR code");
            case Paired.NotOffered _ ->
                Answers.refused(409, "The gateway offers no pairing code; link it with a QR code");
            case Paired.NotFound _ -> gate.unknown(call, PoolApiGuard.NO_SENDER);
        });
    }

    @GET
    @Path("senders/{senderId}/passkey")
    @Operation(summary = "Get the passkey step of a linking")
    @APIResponseSchema(
            value = PasskeyAnswer.class,
            responseDescription = "What WhatsApp asks for: a challenge to sign, or a code to compare")
    @APIResponse(
            responseCode = "409",
            description = "No passkey is asked for, or the gateway has no passkey step; the error says what to do")
    public Response passkey(@Context Call call, @PathParam("senderId") String senderId) {
        return gate.sender(call, senderId, (_, sender) -> {
            PasskeySteps.Step step = passkeys.step(sender);
            return PasskeyView.of(step)
                    .map(asked -> Response.ok(new PasskeyAnswer(true, asked)).build())
                    .orElseGet(() -> Answers.refused(409, step.refusal().orElseThrow()));
        });
    }

    @POST
    @Path("senders/{senderId}/passkey")
    @Operation(summary = "Answer the passkey challenge of a linking")
    @APIResponseSchema(
            value = LinkAnswer.class,
            responseDescription = "Its new state; ask for the passkey step again, for there may be a code to compare")
    @APIResponse(responseCode = "400", description = "The credential is missing, too long or none")
    @APIResponse(
            responseCode = "409",
            description = "No passkey is asked for, the gateway has no passkey step, or it refused the credential")
    public Response answer(@Context Call call, @PathParam("senderId") String senderId, CredentialBody body) {
        return gate.sender(call, senderId, (_, sender) -> {
            String credential = PasskeySteps.text(body.credential());
            return PasskeySteps.broken(credential)
                    .map(Answers::refused)
                    .orElseGet(() -> passed(call, senderId, passkeys.answer(sender, credential)));
        });
    }

    @POST
    @Path("senders/{senderId}/passkey/confirm")
    @Operation(summary = "Confirm that the phone shows the same code")
    @APIResponseSchema(value = LinkAnswer.class, responseDescription = "Its new state")
    @APIResponse(
            responseCode = "409",
            description = "No passkey is asked for, the gateway has no passkey step, or it refused")
    public Response confirm(@Context Call call, @PathParam("senderId") String senderId) {
        return gate.sender(call, senderId, (_, sender) -> passed(call, senderId, passkeys.confirm(sender)));
    }

    private Response passed(Call call, String senderId, Optional<String> refusal) {
        return refusal.map(why -> Answers.refused(409, why))
                .orElseGet(() -> gate.sender(call, senderId, (_, now) -> answers.linkState(now)));
    }
}
