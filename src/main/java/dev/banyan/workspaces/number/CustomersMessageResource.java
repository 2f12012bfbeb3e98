package dev.banyan.workspaces.number;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.messages.MessageDraft;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Played;
import dev.banyan.workspaces.access.ProjectRequest;
import dev.banyan.workspaces.number.CustomersMessages.Received;
import dev.banyan.workspaces.number.PickedNumber.NumberSelector;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Simulates customers' messages, as an API.
@Path("/api/whatsapp/simulator/messages")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp messages")
class CustomersMessageResource {

    record CustomersMessageBody(
            @Schema(description = "To the number of this sub-client", example = "scl_1704067200000_a1b2c3d4e")
            Optional<String> subClientId,

            @Schema(description = "Or to this number, a master or a servant", example = "wa_123456789012345678")
            Optional<String> sender,

            @Schema(example = "+971500000201") Optional<String> from,

            @Schema(description = "The customer’s name on WhatsApp", example = "Amira Nasser")
            Optional<String> name,

            @Schema(example = "Is the clinic open today?") Optional<String> text,

            @Schema(
                    description = "`text` (the default), `image`, `document`, `audio`, `video`, `sticker`, `location`,"
                            + " `contact`, `reaction`, `edit`, `delete` or `typing`")
            Optional<String> type,

            Optional<String> caption,

            @Schema(description = "As for a message that is sent", implementation = Object.class)
            Optional<JsonNode> media,

            @Schema(description = "The message that this answers, or that a reaction is for")
            Optional<String> replyTo,

            Optional<MessageDraft.Location> location,
            Optional<MessageDraft.Contact> contact,
            Optional<List<MessageDraft.Contact>> contacts,
            Optional<MessageDraft.Reaction> reaction,

            @Schema(description = "The message that is edited or deleted")
            Optional<String> message,

            @Schema(description = "The id of what was chosen from buttons or a list")
            Optional<String> choice) {

        private CustomersMessages.Wanted wanted() {
            return new CustomersMessages.Wanted(
                    type.orElse("text"),
                    message,
                    choice,
                    new MessageDraft(
                            type,
                            text.orElse(""),
                            caption,
                            media,
                            replyTo,
                            location,
                            contact,
                            contacts,
                            reaction,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
        }
    }

    private final CustomersMessages messages;

    CustomersMessageResource(CustomersMessages messages) {
        this.messages = messages;
    }

    @POST
    @Operation(summary = "Send a message to a simulated number as a simulated customer, or edit, delete, react or type")
    @APIResponseSchema(
            value = DoneMessage.class,
            responseDescription = "Received, or waiting until the number is connected")
    @APIResponse(responseCode = "400", description = "A field is missing or invalid")
    @APIResponse(responseCode = "404", description = "Sub-client or number not found")
    @APIResponse(responseCode = "409", description = "The number is real, or was never linked")
    public DoneMessage receive(@Context ProjectRequest request, CustomersMessageBody body) {
        var which = new NumberSelector(body.subClientId(), body.sender());
        if (which.isNone()) {
            throw request.refused(400, "Missing subClientId or sender");
        }
        return switch (messages.receive(
                request.context(), which, body.from().orElse(""), body.name().orElse(""), body.wanted())) {
            case Received.NotPicked not -> throw NumberAnswers.refused(request, not.why());
            case Received.Played played -> played(request, played.outcome());
        };
    }

    private static DoneMessage played(ProjectRequest request, Played played) {
        return switch (played) {
            case Played.Done _ -> new DoneMessage("Message received");
            case Played.NotFound _ -> throw request.denied(404, "Account not found");
            case Played.NotSimulated(Sender _) ->
                throw Refused.conflict("This number is real. You can only simulate customers of simulated numbers");
            case Played.NotLinked(Sender _) -> throw Refused.conflict("This number is not linked to a phone");
            case Played.Full(Sender _) -> throw Refused.conflict("Too many messages are waiting for this number");
            case Played.Rejected rejected -> throw Refused.invalid(rejected.invalid());
        };
    }
}
