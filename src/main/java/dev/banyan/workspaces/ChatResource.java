package dev.banyan.workspaces;

import dev.banyan.platform.Digests;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.Answers;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.Idempotency;
import dev.banyan.workspaces.Conversations.Posted;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The chat without a socket, for clients that only ask and answer (contract 9): always the conversation that was used
/// last, and a new one where there is none.
@Path("/api/sub-client")
@RunOnVirtualThread
@Tag(name = "Chat", description = "What a workspace's user and the assistant say to each other.")
class ChatResource {

    /// @param id a UUID
    /// @param role `user` or `assistant`
    record ChatMessage(String id, String role, String content) {

        static ChatMessage of(Message message) {
            return new ChatMessage(message.id().toString(), message.author().key(), message.text());
        }
    }

    record ChatHistory(List<ChatMessage> messages) {}

    record ChatHistoryAnswer(boolean success, ChatHistory data) {}

    record ChatReply(ChatMessage message) {}

    record ChatReplyAnswer(boolean success, ChatReply data) {}

    record ChatSendBody(
            @Schema(description = "The workspace: `short_id-pathname`")
            Optional<String> shortPath,

            @Schema(description = "1 to 4000 characters") Optional<String> message) {}

    private final InWorkspace in;
    private final Conversations conversations;
    private final RateLimits limits;
    private final Idempotency idempotency;

    ChatResource(InWorkspace in, Conversations conversations, RateLimits limits, Idempotency idempotency) {
        this.in = in;
        this.conversations = conversations;
        this.limits = limits;
        this.idempotency = idempotency;
    }

    @GET
    @Path("chat/messages")
    @Operation(summary = "The last 200 messages of the conversation that was used last")
    @APIResponse(
            responseCode = "200",
            description = "Oldest first; empty where nothing was said",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ChatHistoryAnswer.class)))
    @APIResponse(responseCode = "401", description = "Not authenticated")
    public Response messages(@Context Call call, @QueryParam("shortPath") Optional<String> shortPath) {
        return in.member(call, shortPath, member -> {
            Participant whose = Participant.of(member);
            List<Message> messages = conversations
                    .latest(whose)
                    .flatMap(conversation -> conversations.readEnd(whose, conversation.id()))
                    .map(Conversations.Part::messages)
                    .orElse(List.of());
            return Response.ok(new ChatHistoryAnswer(
                            true,
                            new ChatHistory(
                                    messages.stream().map(ChatMessage::of).toList())))
                    .build();
        });
    }

    @POST
    @Path("chat/send")
    @Parameter(
            name = Idempotency.HEADER,
            in = ParameterIn.HEADER,
            description = "Repeats are answered with the first answer for 24 hours",
            schema = @Schema(type = SchemaType.STRING))
    @Operation(summary = "Say something to the assistant")
    @APIResponse(
            responseCode = "200",
            description = "The assistant's answer",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = ChatReplyAnswer.class)))
    @APIResponse(responseCode = "400", description = "The message breaks its rule")
    @APIResponse(responseCode = "401", description = "Not authenticated")
    @APIResponse(responseCode = "429", description = "Too many messages")
    public Response send(@Context Call call, ChatSendBody body) {
        return in.member(
                call,
                body.shortPath(),
                member -> idempotency.once(
                        call,
                        member.workspace().owner().tenant(),
                        call.header(Idempotency.HEADER),
                        body,
                        () -> send(Participant.of(member), body.message().orElse(""))));
    }

    private Response send(Participant whose, String message) {
        Optional<Duration> wait = limits.take(RateLimit.CHAT_MESSAGES_BY_USER, whose.name());
        if (wait.isPresent()) {
            return Answers.tooMany(wait.get());
        }
        Optional<ConversationId> latest = conversations.latest(whose).map(Conversation::id);
        return switch (conversations.post(whose, latest, Digests.newToken(), message)) {
            case Posted.Done done -> answer(whose, done);
            case Posted.Rejected rejected ->
                Answers.refused(400, rejected.invalid().error());
            // Filled or deleted a moment ago: a new one has room.
            case Posted.Full _, Posted.NotFound _ ->
                switch (conversations.post(whose, Optional.empty(), Digests.newToken(), message)) {
                    case Posted.Done done -> answer(whose, done);
                    case Posted.Rejected rejected ->
                        Answers.refused(400, rejected.invalid().error());
                    case Posted.Full _, Posted.NotFound _ -> Answers.refused(409, "Failed to send message");
                };
        };
    }

    private Response answer(Participant whose, Posted.Done done) {
        ConversationId id = done.conversation().id();
        // Twice, for an answer is dropped when another window says more meanwhile; that window's answer counts as well.
        if (conversations.answer(whose, id, _ -> {}).isEmpty()) {
            conversations.answer(whose, id, _ -> {});
        }
        return conversations.read(whose, id, done.message().position()).stream()
                .flatMap(part -> part.messages().stream())
                .filter(message -> message.author() == Message.Author.ASSISTANT)
                .findFirst()
                .map(message -> Response.ok(new ChatReplyAnswer(true, new ChatReply(ChatMessage.of(message))))
                        .build())
                .orElseGet(() -> Answers.refused(503, "The answer is not there yet"));
    }
}
