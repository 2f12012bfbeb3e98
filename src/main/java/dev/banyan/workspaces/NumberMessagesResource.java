package dev.banyan.workspaces;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Answers;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.Idempotency;
import dev.banyan.whatsapp.Customers.Played;
import dev.banyan.whatsapp.Outgoing.Decided;
import dev.banyan.whatsapp.Outgoing.Ordered;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.workspaces.NumberMessages.Picked;
import dev.banyan.workspaces.NumberMessages.Received;
import dev.banyan.workspaces.NumberMessages.Sent;
import dev.banyan.workspaces.NumberMessages.Which;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Messages for programs of the project's side (design 7, "HTTP"): ordered here, and on their way like any reply.
@Path("/api/whatsapp")
@RunOnVirtualThread
@Tag(name = "WhatsApp messages", description = "Messages over the numbers of sub-clients and pools.")
class NumberMessagesResource {

    private static final String UNKNOWN = "Message not found";

    record NewMessageBody(
            @Schema(description = "Over the number of this sub-client", example = "scl_1704067200000_a1b2c3d4e")
            Optional<String> subClientId,

            @Schema(description = "Or over the pool of this master", example = "wa_123456789012345678")
            Optional<String> master,

            @Schema(example = "+971500000201") Optional<String> to,
            @Schema(example = "Good morning") Optional<String> text) {}

    record CustomersMessageBody(
            @Schema(description = "To the number of this sub-client", example = "scl_1704067200000_a1b2c3d4e")
            Optional<String> subClientId,

            @Schema(description = "Or to this number, a master or a servant", example = "wa_123456789012345678")
            Optional<String> sender,

            @Schema(example = "+971500000201") Optional<String> from,

            @Schema(description = "As the customer calls itself", example = "Amira Nasser")
            Optional<String> name,

            @Schema(example = "Is the clinic open today?") Optional<String> text) {}

    /// @param sender the number that sends it; absent while it waits
    /// @param state `queued`, `sending`, `sent`, `delivered`, `read`, `failed` or `uncertain`
    /// @param error what is wrong, in words; absent where nothing is
    @JsonInclude(Include.NON_ABSENT)
    record MessageView(
            UUID id,
            SenderId master,
            Optional<SenderId> sender,
            Phone to,
            String text,
            String state,
            Optional<String> error,
            String createdAt,
            String changedAt) {

        static MessageView of(OutgoingMessage message) {
            return new MessageView(
                    message.id(),
                    message.pool(),
                    message.sender(),
                    message.to(),
                    message.text(),
                    message.state().key(),
                    message.error(),
                    NumberView.time(message.createdAt()),
                    NumberView.time(message.changedAt()));
        }
    }

    record MessageAnswer(boolean success, MessageView data) {}

    private final InWorkspace gate;
    private final NumberMessages messages;
    private final Idempotency idempotency;

    NumberMessagesResource(InWorkspace gate, NumberMessages messages, Idempotency idempotency) {
        this.gate = gate;
        this.messages = messages;
        this.idempotency = idempotency;
    }

    @POST
    @Path("messages")
    @Parameter(
            name = Idempotency.HEADER,
            in = ParameterIn.HEADER,
            description = "Repeats are answered with the first answer for 24 hours, and are one message for ever",
            schema = @Schema(type = SchemaType.STRING))
    @Operation(summary = "Send a WhatsApp message")
    @APIResponse(
            responseCode = "202",
            description = "It is written down and on its way; ask for it to learn how far it has come",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MessageAnswer.class)))
    @APIResponse(responseCode = "400", description = "Something is missing or breaks a rule")
    @APIResponse(responseCode = "401", description = "Not authenticated")
    @APIResponse(responseCode = "403", description = "A user of a sub-client")
    @APIResponse(responseCode = "404", description = "No such sub-client or master")
    @APIResponse(responseCode = "409", description = "The sub-client has no number, or is suspended")
    @APIResponse(responseCode = "429", description = "As many messages wait as the pool allows")
    public Response send(@Context Call call, NewMessageBody body) {
        Optional<String> key = call.header(Idempotency.HEADER);
        return gate.projectSide(
                call,
                Optional.empty(),
                context ->
                        idempotency.once(call, context.acting().id(), key, body, () -> send(call, context, key, body)));
    }

    private Response send(Call call, AccountContext context, Optional<String> header, NewMessageBody body) {
        if (namesNone(body.subClientId(), body.master())) {
            return Answers.refused(400, "Missing subClientId or master");
        }
        String key = header.filter(given -> !given.isBlank())
                .orElseGet(() -> UUID.randomUUID().toString());
        var which = new Which(body.subClientId(), body.master());
        return switch (messages.send(
                context, which, body.to().orElse(""), body.text().orElse("").strip(), key)) {
            case Sent.NotPicked not -> notPicked(call, not.why());
            case Sent.Ordered ordered ->
                switch (ordered.outcome()) {
                    case Ordered.Done done ->
                        Response.status(202)
                                .entity(new MessageAnswer(true, MessageView.of(done.message())))
                                .build();
                    case Ordered.NoPool _ -> gate.denied(call, 404, "Master account not found");
                    case Ordered.Rejected rejected -> Answers.refused(rejected.invalid());
                    case Ordered.Full full -> Answers.tooMany(full.retryAfter());
                };
        };
    }

    private static boolean namesNone(Optional<String> subClientId, Optional<String> sender) {
        return subClientId.isEmpty() && sender.isEmpty();
    }

    private Response notPicked(Call call, Picked why) {
        return switch (why) {
            case Picked.UnknownWorkspace _ -> gate.denied(call, 404, WorkspacesResource.UNKNOWN);
            case Picked.UnknownSender _ -> gate.denied(call, 404, "Master account not found");
            case Picked.NoNumber _ -> Answers.refused(409, "WhatsApp client not found");
            case Picked.Suspended _ -> Answers.refused(409, "Sub-client is suspended");
            case Picked.Done _ -> throw new IllegalStateException("A number that was found is no refusal");
        };
    }

    @GET
    @Path("messages/{messageId}")
    @Operation(summary = "Get how far a WhatsApp message has come")
    @APIResponse(
            responseCode = "200",
            description = "The message and its state",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MessageAnswer.class)))
    @APIResponse(responseCode = "401", description = "Not authenticated")
    @APIResponse(responseCode = "403", description = "A user of a sub-client")
    @APIResponse(responseCode = "404", description = "Message not found")
    public Response get(@Context Call call, @PathParam("messageId") String messageId) {
        return gate.projectSide(
                call,
                Optional.empty(),
                context -> Uuids.parse(messageId)
                        .flatMap(id -> messages.find(context, id))
                        .map(message -> Response.ok(new MessageAnswer(true, MessageView.of(message)))
                                .build())
                        .orElseGet(() -> gate.denied(call, 404, UNKNOWN)));
    }

    @POST
    @Path("messages/{messageId}/resend")
    @Operation(summary = "Send a message once more that may have been sent: it is `uncertain`")
    @APIResponse(
            responseCode = "200",
            description = "It waits again; the contact may get it twice",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MessageAnswer.class)))
    @APIResponse(responseCode = "401", description = "Not authenticated")
    @APIResponse(responseCode = "403", description = "A user of a sub-client")
    @APIResponse(responseCode = "404", description = "Message not found")
    @APIResponse(responseCode = "409", description = "Its fate is known")
    public Response resend(@Context Call call, @PathParam("messageId") String messageId) {
        return decide(call, messageId, true);
    }

    @POST
    @Path("messages/{messageId}/give-up")
    @Operation(summary = "Leave a message as failed that may have been sent: it is `uncertain`")
    @APIResponse(
            responseCode = "200",
            description = "It counts as failed",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MessageAnswer.class)))
    @APIResponse(responseCode = "401", description = "Not authenticated")
    @APIResponse(responseCode = "403", description = "A user of a sub-client")
    @APIResponse(responseCode = "404", description = "Message not found")
    @APIResponse(responseCode = "409", description = "Its fate is known")
    public Response giveUp(@Context Call call, @PathParam("messageId") String messageId) {
        return decide(call, messageId, false);
    }

    private Response decide(Call call, String messageId, boolean resend) {
        return gate.projectSide(call, Optional.empty(), context -> switch (Uuids.parse(messageId)
                .map(id -> messages.decide(context, id, resend))
                .orElseGet(Decided.Unknown::new)) {
            case Decided.Done done ->
                Response.ok(new MessageAnswer(true, MessageView.of(done.message())))
                        .build();
            case Decided.NotUncertain known ->
                Answers.refused(
                        409, "This message is " + known.message().state().key());
            case Decided.Unknown _ -> gate.denied(call, 404, UNKNOWN);
        });
    }

    @POST
    @Path("simulator/messages")
    @Operation(summary = "Let a customer of the simulation write to a simulated number")
    @APIResponse(
            responseCode = "200",
            description = "It has arrived, or arrives as soon as the number is connected",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = Answers.Envelope.class)))
    @APIResponse(responseCode = "400", description = "Something is missing or breaks a rule")
    @APIResponse(responseCode = "401", description = "Not authenticated")
    @APIResponse(responseCode = "403", description = "A user of a sub-client")
    @APIResponse(responseCode = "404", description = "No such sub-client or number")
    @APIResponse(responseCode = "409", description = "The number is real, or was never linked")
    public Response receive(@Context Call call, CustomersMessageBody body) {
        return gate.projectSide(call, Optional.empty(), context -> receive(call, context, body));
    }

    private Response receive(Call call, AccountContext context, CustomersMessageBody body) {
        if (namesNone(body.subClientId(), body.sender())) {
            return Answers.refused(400, "Missing subClientId or sender");
        }
        var which = new Which(body.subClientId(), body.sender());
        return switch (messages.receive(
                context,
                which,
                body.from().orElse(""),
                body.name().orElse(""),
                body.text().orElse(""))) {
            case Received.NotPicked not -> notPicked(call, not.why());
            case Received.Played played -> played(call, played.outcome());
        };
    }

    private Response played(Call call, Played played) {
        return switch (played) {
            case Played.Done _ -> Answers.done("Message received");
            case Played.Unknown _ -> gate.denied(call, 404, "Account not found");
            case Played.NotSimulated(Sender _) ->
                Answers.refused(409, "This number is real; nobody plays its customers");
            case Played.NotLinked(Sender _) -> Answers.refused(409, "This number is not linked to a phone");
            case Played.Full(Sender _) -> Answers.refused(409, "Too many messages wait for this number");
            case Played.Rejected rejected -> Answers.refused(rejected.invalid());
        };
    }
}
