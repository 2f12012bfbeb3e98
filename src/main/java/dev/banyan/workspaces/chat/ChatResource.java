package dev.banyan.workspaces.chat;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.answer.WholeEnvelope;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.workspaces.AnswerKey;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.ConversationCursor;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.access.MemberRequest;
import dev.banyan.workspaces.chat.ChatFrame.AttachmentView;
import dev.banyan.workspaces.chat.ChatFrame.ConversationView;
import dev.banyan.workspaces.chat.ChatFrame.MessageView;
import dev.banyan.workspaces.chat.Conversations.Posted;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// A workspace user's own conversations, as an API; and the chat without a socket, for clients that only send and
/// read (contract 9): it always uses the most recent conversation, and a new one if there is none.
@Path("/api/sub-client")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Chat", description = "Conversations of workspace users with the assistant.")
class ChatResource {

    /// @param id a UUID
    /// @param role `user`, `assistant`, or `agent`: a person of the workspace
    /// @param author the agent's name; absent for others
    /// @param end `stopped` or `failed`; absent for complete messages
    @JsonInclude(Include.NON_EMPTY)
    record ChatMessage(
            String id,
            @Schema(implementation = Message.Author.class) String role,
            @JsonInclude(Include.ALWAYS) String content,
            Optional<String> author,
            Optional<String> end,
            List<AttachmentView> attachments) {

        static ChatMessage of(Message message, Map<UUID, List<Attachment>> attachments) {
            return new ChatMessage(
                    message.id().toString(),
                    message.author().key(),
                    message.text(),
                    message.by().map(Message.By::name),
                    ChatFrame.MessageView.endOf(message),
                    attachments.getOrDefault(message.id(), List.of()).stream()
                            .map(AttachmentView::of)
                            .toList());
        }
    }

    record ChatHistory(List<ChatMessage> messages) {}

    record ChatReply(ChatMessage message) {}

    /// @param message why there is no answer yet, if a person will give one later
    @JsonInclude(Include.NON_ABSENT)
    record ChatReplyAnswer(boolean success, Optional<ChatReply> data, Optional<String> message)
            implements WholeEnvelope {}

    record ChatSendBody(
            @Schema(description = "The workspace: `short_id-pathname`")
            Optional<String> shortPath,

            @Schema(description = "1 to 4000 characters; may be empty with attachments")
            Optional<String> message,

            @Schema(description = "The conversation; the most recent by default")
            Optional<String> conversationId,

            @Schema(description = "Ids of up to 10 files uploaded to that conversation")
            Optional<List<String>> attachments) {}

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PERSON = "A person will reply here";

    static final String UNKNOWN = "Conversation not found";

    private static final int SEARCH_AT_MOST = 200;

    @JsonInclude(Include.NON_ABSENT)
    record ConversationPage(List<ConversationView> conversations, Optional<String> nextCursor) {}

    @Schema(extensions = @Extension(name = ApiDescription.ENVELOPE, value = "ConversationAnswer"))
    record OneConversation(ConversationView conversation) {

        static OneConversation of(Conversation conversation) {
            return new OneConversation(ConversationView.of(conversation));
        }
    }

    /// @param more whether there are messages after these
    /// @param earlier whether there are messages before these
    record MessagePage(ConversationView conversation, List<MessageView> messages, boolean more, boolean earlier) {

        static MessagePage of(Conversations.Part part) {
            var frame = ChatFrame.Messages.of(part);
            return new MessagePage(frame.conversation(), frame.messages(), frame.more(), part.hasEarlier());
        }
    }

    @Schema(requiredProperties = "title")
    record NameBody(
            @Schema(description = "The workspace: `short_id-pathname`; the last signed in to by default")
            Optional<String> shortPath,

            @Schema(description = "1 to 60 characters; no longer changes by itself")
            Optional<String> title) {}

    private final Conversations conversations;
    private final ChatAnswers answers;
    private final RateLimits limits;

    ChatResource(Conversations conversations, ChatAnswers answers, RateLimits limits) {
        this.conversations = conversations;
        this.answers = answers;
        this.limits = limits;
    }

    @GET
    @Path("chat/messages")
    @Operation(summary = "List messages, by default the latest 200 of the most recent conversation")
    @APIResponseSchema(value = ChatHistory.class, responseDescription = "Oldest first; empty if there are none")
    @APIResponse(responseCode = "400", description = "before, after or limit is invalid")
    public ChatHistory messages(
            @Context MemberRequest request,
            @QueryParam("shortPath") Optional<String> shortPath,
            @QueryParam("conversationId") Optional<String> conversationId,
            @QueryParam("before") Optional<String> before,
            @QueryParam("after") Optional<String> after,
            @QueryParam("limit") Optional<String> limit) {
        Participant whose = request.participant(shortPath);
        MessageRange range = MessageRange.of(before, after, limit);
        if (range instanceof MessageRange.Bad(String error)) {
            throw request.refused(400, error);
        }
        Optional<Conversations.Part> part = conversationId
                .map(ConversationId::parse)
                .orElseGet(() -> conversations.latest(whose).map(Conversation::id))
                .flatMap(id -> MessageRange.read(range, conversations, whose, id));
        if (part.isEmpty() && conversationId.isPresent()) {
            throw unknown(request);
        }
        return new ChatHistory(part.stream()
                .flatMap(
                        found -> found.messages().stream().map(message -> ChatMessage.of(message, found.attachments())))
                .toList());
    }

    @POST
    @Path("chat/send")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Send a message to the assistant")
    @APIResponseSchema(
            value = ChatReplyAnswer.class,
            responseDescription = "The assistant's answer; absent if a person is answering")
    @APIResponse(responseCode = "400", description = "The message is invalid")
    @APIResponse(responseCode = "429", description = "Too many messages")
    public Response send(@Context MemberRequest request, ChatSendBody body) {
        Participant whose = request.participant(body.shortPath());
        return request.once(whose.tenant(), body, 200, () -> answer(request, whose, sent(request, whose, body)));
    }

    /// Returns the client's key for the message: a request that timed out is not remembered, and a repeated one waits
    /// for the answer to the message that is already stored.
    private static String keyOf(Call call, ChatSendBody body) {
        return call.header(Idempotency.HEADER)
                .filter(key -> !key.isBlank())
                .map(key -> Digests.sha256Hex(key + "\n" + body))
                .orElseGet(Digests::newToken);
    }

    private Posted sent(MemberRequest request, Participant whose, ChatSendBody body) {
        limits.take(RateLimit.CHAT_MESSAGES_BY_USER, whose.name()).ifPresent(wait -> {
            throw request.tooMany(wait);
        });
        List<UUID> files = Attachments.ids(body.attachments().orElse(List.of()))
                .orElseThrow(() -> request.refused(400, Attachments.GONE.apiMessage()));
        String key = keyOf(request.call(), body);
        String message = body.message().orElse("");
        if (body.conversationId().isPresent()) {
            ConversationId named =
                    body.conversationId().flatMap(ConversationId::parse).orElseThrow(() -> unknown(request));
            return conversations.post(whose, Optional.of(named), key, message, files);
        }
        Optional<ConversationId> latest = conversations.latest(whose).map(Conversation::id);
        Posted posted = conversations.post(whose, latest, key, message, files);
        return posted instanceof Posted.Full || posted instanceof Posted.NotFound
                // The conversation was filled or deleted a moment ago: a new one has room.
                ? conversations.post(whose, Optional.empty(), key, message, files)
                : posted;
    }

    private ChatReplyAnswer answer(MemberRequest request, Participant whose, Posted posted) {
        return switch (posted) {
            case Posted.Done done -> answer(request, whose, done);
            case Posted.Rejected rejected ->
                throw request.refused(400, rejected.invalid().apiMessage());
            case Posted.NotFound _ -> throw unknown(request);
            case Posted.Full _ -> throw Refused.conflict("This conversation is full. Start a new conversation");
        };
    }

    private ChatReplyAnswer answer(MemberRequest request, Participant whose, Posted.Done done) {
        ConversationId id = done.conversation().id();
        long position = done.message().position();
        answers.await(whose, id, PATIENCE);
        Optional<ChatMessage> answer = conversations.read(whose, id, position).stream()
                .flatMap(part -> part.messages().stream())
                .filter(message ->
                        message.author() == Message.Author.ASSISTANT && AnswerKey.covers(message) >= position)
                .findFirst()
                .map(message -> ChatMessage.of(message, Map.of()));
        if (answer.isEmpty()
                && !conversations.find(whose, id).map(Conversation::handedOver).orElse(false)) {
            throw request.refused(503, "The answer isn’t ready yet");
        }
        return new ChatReplyAnswer(
                true, answer.map(ChatReply::new), answer.isPresent() ? Optional.empty() : Optional.of(PERSON));
    }

    @GET
    @Path("conversations")
    @Operation(summary = "List your conversations, newest first")
    @APIResponseSchema(
            value = ConversationPage.class,
            responseDescription = "Conversations with all the searched words; `nextCursor` if there are more")
    @APIResponse(responseCode = "400", description = "limit, after or search is invalid")
    public ConversationPage list(
            @Context MemberRequest request,
            @QueryParam("shortPath") Optional<String> shortPath,
            @QueryParam("search") Optional<String> search,
            @BeanParam PageQuery page) {
        Participant whose = request.participant(shortPath);
        PageQuery.Slice<ConversationCursor> slice = page.slice(ConversationCursor::parse);
        String words = search.orElse("");
        if (words.length() > SEARCH_AT_MOST) {
            throw request.refused(400, "search must be " + SEARCH_AT_MOST + " characters or less");
        }
        var listed = conversations.search(whose, words, slice.after(), slice.limit());
        return new ConversationPage(
                listed.conversations().stream().map(ConversationView::of).toList(),
                listed.next().map(ConversationCursor::toString));
    }

    private static ConversationId id(MemberRequest request, String conversationId) {
        return ConversationId.parse(conversationId).orElseThrow(() -> unknown(request));
    }

    private static EarlyAnswer unknown(MemberRequest request) {
        return request.refused(404, UNKNOWN);
    }

    @GET
    @Path("conversations/{conversationId}")
    @Operation(summary = "Get a conversation")
    @APIResponseSchema(value = OneConversation.class, responseDescription = "Without its messages")
    public OneConversation find(
            @Context MemberRequest request,
            @QueryParam("shortPath") Optional<String> shortPath,
            @PathParam("conversationId") String conversationId) {
        Participant whose = request.participant(shortPath);
        return conversations
                .find(whose, id(request, conversationId))
                .map(OneConversation::of)
                .orElseThrow(() -> unknown(request));
    }

    @PUT
    @Path("conversations/{conversationId}")
    @Operation(summary = "Rename a conversation")
    @APIResponseSchema(value = OneConversation.class, responseDescription = "The renamed conversation")
    @APIResponse(responseCode = "400", description = "The title is invalid")
    public OneConversation name(
            @Context MemberRequest request, @PathParam("conversationId") String conversationId, NameBody body) {
        Participant whose = request.participant(body.shortPath());
        return conversations
                .name(whose, id(request, conversationId), body.title().orElse(""))
                .map(OneConversation::of)
                .orElseThrow(refusal -> refusal instanceof Refusal.Rejected(List<Invalid> invalid)
                        ? Refused.invalid(invalid.getFirst())
                        : unknown(request));
    }

    @DELETE
    @Path("conversations/{conversationId}")
    @Operation(summary = "Delete a conversation with its messages and files")
    @APIResponseSchema(value = DoneMessage.class, responseDescription = "Permanently deleted")
    public DoneMessage delete(
            @Context MemberRequest request,
            @QueryParam("shortPath") Optional<String> shortPath,
            @PathParam("conversationId") String conversationId) {
        Participant whose = request.participant(shortPath);
        if (!conversations.delete(whose, id(request, conversationId))) {
            throw unknown(request);
        }
        return new DoneMessage("Conversation deleted");
    }

    @GET
    @Path("conversations/{conversationId}/messages")
    @Operation(summary = "List the messages of a conversation")
    @APIResponseSchema(
            value = MessagePage.class,
            responseDescription = "Up to 200 before or after a position; the latest by default")
    @APIResponse(responseCode = "400", description = "before, after or limit is invalid")
    public MessagePage messages(
            @Context MemberRequest request,
            @QueryParam("shortPath") Optional<String> shortPath,
            @PathParam("conversationId") String conversationId,
            @QueryParam("before") Optional<String> before,
            @QueryParam("after") Optional<String> after,
            @QueryParam("limit") Optional<String> limit) {
        Participant whose = request.participant(shortPath);
        ConversationId id = id(request, conversationId);
        MessageRange range = MessageRange.of(before, after, limit);
        if (range instanceof MessageRange.Bad(String error)) {
            throw request.refused(400, error);
        }
        return MessageRange.read(range, conversations, whose, id)
                .map(MessagePage::of)
                .orElseThrow(() -> unknown(request));
    }
}
