package dev.banyan.workspaces.number;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Caller;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.KeyLimits.Scope.Part;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.answer.WholeEnvelope;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.messages.Outgoing.Decided;
import dev.banyan.whatsapp.messages.Outgoing.Ordered;
import dev.banyan.whatsapp.messages.QueueAction;
import dev.banyan.whatsapp.simulator.TestMessages;
import dev.banyan.workspaces.access.ProjectRequest;
import dev.banyan.workspaces.number.NewMessageBody.MessageBody;
import dev.banyan.workspaces.number.NumberSending.Sent;
import dev.banyan.workspaces.number.PickedNumber.NumberSelector;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Messages for API clients of the project's side (design 7, "HTTP"): ordered here, then sent like any reply.
@Path("/api/whatsapp")
@RunOnVirtualThread
@JsonResource
@Tag(name = "WhatsApp messages", description = "Messages over the numbers of sub-clients and pools.")
class NumberMessagesResource {

    private static final String UNKNOWN = "Message not found";
    private static final String DRAINING = "This pool is paused and accepts no new messages";
    private static final String FULL = "Too many messages are waiting for this pool";

    private static final String TOO_MANY_TESTS = "A key in test mode can send " + Words.grouped(TestMessages.MOST)
            + " messages in " + TestMessages.KEPT.toHours() + " hours. Try again later, or use another key.";

    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "OrderedMessage")
    record OrderedView(
            @Schema(description = "Absent if the message was refused")
            Optional<UUID> id,

            @Schema(implementation = DeliveryState.class) Optional<String> state,

            @Schema(description = "True if the same message was sent with this key before; absent otherwise")
            Optional<Boolean> again,

            @Schema(description = "True for a test of a key in test mode; absent otherwise")
            Optional<Boolean> test,

            @Schema(description = "Why it was refused") Optional<String> error,

            @Schema(description = "The name of the invalid field")
            Optional<String> field) {}

    record BatchView(
            UUID batch,
            int accepted,
            int refused,

            @Schema(description = "In the order of the request")
            List<OrderedView> messages) {}

    @JsonInclude(Include.NON_ABSENT)
    record BatchAnswer(boolean success, Optional<String> error, BatchView data) implements WholeEnvelope {}

    @Schema(name = MessageView.ENVELOPE)
    record MessageAnswer(boolean success, MessageView data) implements WholeEnvelope {}

    private final NumberSending sending;
    private final NumberMessages messages;

    NumberMessagesResource(NumberSending sending, NumberMessages messages) {
        this.sending = sending;
        this.messages = messages;
    }

    @POST
    @Path("messages")
    @Parameter(
            name = Idempotency.HEADER,
            in = ParameterIn.HEADER,
            description = "Repeats within 24 hours get the first answer; the message is never sent twice",
            schema = @Schema(type = SchemaType.STRING))
    @Operation(
            summary = "Send a WhatsApp message, or up to 1,000 at once",
            description =
                    "With `messages`, each has its own outcome, in the order of the request: an invalid message doesn't"
                            + " stop the others. The body may be up to 1 MiB, or the server's `max-body`. With a key in test"
                            + " mode, it is checked in the same way, and reaches no one.")
    @APIResponse(
            responseCode = "202",
            description = "Accepted and queued; get the message to follow its delivery",
            content = @Content(schema = @Schema(anyOf = {MessageAnswer.class, BatchAnswer.class})))
    @APIResponse(responseCode = "400", description = "A field is missing or invalid; with `messages`, in all of them")
    @APIResponse(responseCode = "404", description = "Sub-client or master not found")
    @APIResponse(responseCode = "409", description = "The sub-client has no number, or is suspended")
    @APIResponse(responseCode = "429", description = "Too many messages are waiting for this pool, or too many tests")
    public Response send(@Context ProjectRequest request, NewMessageBody body) {
        return request.once(request.context().acting().id(), body, () -> sent(request, body));
    }

    private Response sent(ProjectRequest request, NewMessageBody body) {
        var which = new NumberSelector(body.subClientId(), body.master());
        if (which.isNone()) {
            throw request.refused(400, "Missing subClientId or master");
        }
        if (!isWithin(request, which)) {
            throw request.denied(404, "Sub-client or master not found");
        }
        AccountContext context = request.context();
        Optional<String> test = testKey(request);
        Optional<String> key = request.call().header(Idempotency.HEADER).filter(given -> !given.isBlank());
        return switch (body.messages()
                .map(list -> sending.sendAll(context, test, which, requests(body, list, key)))
                .orElseGet(() -> sending.send(
                        context,
                        test,
                        which,
                        new MessageRequest(
                                body.to().orElse(""),
                                body.draft(),
                                body.key().or(() -> key).orElseGet(NumberMessagesResource::anyKey),
                                body.sendAt(),
                                body.expiresAt())))) {
            case Sent.NotPicked not -> throw NumberAnswers.refused(request, not.why());
            case Sent.Rejected rejected -> throw Refused.invalid(rejected.invalid());
            case Sent.TooManyTests tests -> full(tests.retryAfter(), Answers.refused(429, TOO_MANY_TESTS));
            case Sent.Many many -> answer(many);
            case Sent.One one -> answer(request, one.outcome());
        };
    }

    private static List<MessageRequest> requests(NewMessageBody body, List<MessageBody> list, Optional<String> key) {
        return IntStream.range(0, list.size())
                .mapToObj(place -> {
                    MessageBody message = list.get(place);
                    return new MessageRequest(
                            message.to().orElse(""),
                            message.draft(),
                            message.key()
                                    .or(() -> key.map(all -> Digests.sha256Hex(all) + "#" + place))
                                    .orElseGet(NumberMessagesResource::anyKey),
                            message.sendAt().or(body::sendAt),
                            message.expiresAt().or(body::expiresAt));
                })
                .toList();
    }

    /// A key for one workspace or one pool sends over nothing else.
    private static boolean isWithin(ProjectRequest request, NumberSelector which) {
        return !(request.call().caller() instanceof Caller.ApiKey key)
                || switch (key.scope().part()) {
                    case ACCOUNT, BRANDS -> true;
                    case PROJECT -> false;
                    case WORKSPACE ->
                        which.sender().isEmpty()
                                && which.workspace()
                                        .filter(id -> key.scope().isFor(Part.WORKSPACE, id))
                                        .isPresent();
                    case POOL ->
                        which.workspace().isEmpty()
                                && which.sender()
                                        .filter(id -> key.scope().isFor(Part.POOL, id))
                                        .isPresent();
                };
    }

    /// A key for one pool follows its messages alone, also while another one stands in for it.
    private static boolean isWithin(ProjectRequest request, OutgoingMessage message) {
        return !(request.call().caller() instanceof Caller.ApiKey key)
                || key.scope().part() != Part.POOL
                || key.scope().isFor(Part.POOL, message.orderedFor().value());
    }

    /// Returns the key that asks, if it is in test mode.
    static Optional<String> testKey(ProjectRequest request) {
        return request.call().caller() instanceof Caller.ApiKey key && key.test()
                ? Optional.of(key.key())
                : Optional.empty();
    }

    private static String anyKey() {
        return UUID.randomUUID().toString();
    }

    private static Response answer(ProjectRequest request, Ordered ordered) {
        return switch (ordered) {
            case Ordered.Done done ->
                Response.status(202)
                        .entity(new MessageAnswer(true, MessageView.of(done.message())))
                        .build();
            case Ordered.NoPool _ -> throw request.denied(404, "Master account not found");
            case Ordered.Rejected rejected -> throw Refused.invalid(rejected.invalid());
            case Ordered.Full full -> full(full.retryAfter(), Answers.refused(429, FULL));
            case Ordered.Draining _ -> throw Refused.conflict(DRAINING);
        };
    }

    private static Response full(Duration wait, Response answer) {
        return Response.fromResponse(answer)
                .header("Retry-After", Math.max(1, wait.toSeconds()))
                .build();
    }

    /// Answers with an error if no message was accepted.
    private static Response answer(Sent.Many many) {
        List<OrderedView> views =
                many.outcomes().stream().map(NumberMessagesResource::view).toList();
        int accepted =
                (int) views.stream().filter(view -> view.id().isPresent()).count();
        Optional<Duration> wait = many.outcomes().stream()
                .map(outcome -> outcome instanceof Ordered.Full full
                        ? Optional.of(full.retryAfter())
                        : Optional.<Duration>empty())
                .flatMap(Optional::stream)
                .findFirst();
        int refused = wait.isPresent() ? 429 : 400;
        Response answer = Response.status(accepted > 0 ? 202 : refused)
                .entity(new BatchAnswer(
                        accepted > 0,
                        accepted > 0
                                ? Optional.empty()
                                : views.getFirst().error().map(why -> "messages[0]: " + why),
                        new BatchView(many.batch(), accepted, views.size() - accepted, views)))
                .build();
        return wait.map(time -> full(time, answer)).orElse(answer);
    }

    private static OrderedView view(Ordered ordered) {
        return switch (ordered) {
            case Ordered.Done(OutgoingMessage message, boolean again) ->
                new OrderedView(
                        Optional.of(message.id()),
                        Optional.of(message.state().key()),
                        Optional.of(again).filter(known -> known),
                        Optional.of(message.isTest()).filter(test -> test),
                        Optional.empty(),
                        Optional.empty());
            case Ordered.NoPool _ -> refused("Master account not found", "master");
            case Ordered.Full _ -> refused(FULL, "master");
            case Ordered.Draining _ -> refused(DRAINING, "master");
            case Ordered.Rejected(Invalid invalid) -> refused(invalid.apiMessage(), invalid.field());
        };
    }

    private static OrderedView refused(String error, String field) {
        return new OrderedView(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(error),
                Optional.of(field));
    }

    @GET
    @Path("messages/{messageId}")
    @Operation(
            summary = "Get the delivery state of a WhatsApp message",
            description = "A key in test mode finds tests of the last 24 hours, and no others.")
    @APIResponseSchema(value = MessageView.class, responseDescription = "The message and its state")
    public MessageView get(@Context ProjectRequest request, @PathParam("messageId") String messageId) {
        return Uuids.parse(messageId)
                .flatMap(id -> testKey(request).isPresent()
                        ? messages.findTest(request.context(), id)
                        : messages.find(request.context(), id))
                .filter(sent -> isWithin(request, sent.message()))
                .map(sent -> MessageView.withHistory(sent, messages.details(sent.message())))
                .orElseThrow(() -> request.denied(404, UNKNOWN));
    }

    @POST
    @Path("messages/{messageId}/resend")
    @Operation(summary = "Resend a failed or `uncertain` message; an uncertain one may have been sent already")
    @APIResponseSchema(value = MessageView.class, responseDescription = "Queued again; the contact may get it twice")
    @APIResponse(responseCode = "409", description = "The message is neither failed nor uncertain")
    public MessageView resend(@Context ProjectRequest request, @PathParam("messageId") String messageId) {
        return decide(request, messageId, QueueAction.REQUEUE);
    }

    @POST
    @Path("messages/{messageId}/cancel")
    @Operation(summary = "Cancel a message that has not been handed over")
    @APIResponseSchema(value = MessageView.class, responseDescription = "Canceled; it will not be sent")
    @APIResponse(responseCode = "409", description = "The message isn’t waiting any more")
    public MessageView cancel(@Context ProjectRequest request, @PathParam("messageId") String messageId) {
        return decide(request, messageId, QueueAction.CANCEL);
    }

    @POST
    @Path("messages/{messageId}/give-up")
    @Operation(summary = "Mark an `uncertain` message as failed")
    @APIResponseSchema(value = MessageView.class, responseDescription = "Marked as failed")
    @APIResponse(responseCode = "409", description = "The message isn’t uncertain")
    public MessageView giveUp(@Context ProjectRequest request, @PathParam("messageId") String messageId) {
        return decide(request, messageId, QueueAction.GIVE_UP);
    }

    private MessageView decide(ProjectRequest request, String messageId, QueueAction action) {
        return switch (Uuids.parse(messageId)
                .map(id -> testKey(request).isPresent()
                        ? messages.cancelTest(request.context(), id)
                        : messages.decide(request.context(), id, action))
                .orElseGet(Decided.NotFound::new)) {
            case Decided.Done done -> MessageView.of(done.message());
            case Decided.NotPossible known ->
                throw Refused.conflict(
                        "This message is " + known.message().state().key());
            case Decided.NotFound _ -> throw request.denied(404, UNKNOWN);
        };
    }
}
