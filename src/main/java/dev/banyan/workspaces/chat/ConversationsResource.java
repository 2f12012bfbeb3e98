package dev.banyan.workspaces.chat;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.Paging;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.ConversationCursor;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import dev.banyan.workspaces.chat.ChatFrame.ConversationView;
import dev.banyan.workspaces.chat.ChatFrame.MessageView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// A workspace user's own conversations, as an API.
@Path("/api/sub-client/conversations")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Chat", description = "Conversations of workspace users with the assistant.")
class ConversationsResource {

    static final String UNKNOWN = "Conversation not found";

    private static final int SEARCH_AT_MOST = 200;

    @JsonInclude(Include.NON_ABSENT)
    record ConversationPage(List<ConversationView> conversations, Optional<String> nextCursor) {}

    record ConversationPageAnswer(boolean success, ConversationPage data) {}

    record OneConversation(ConversationView conversation) {}

    record ConversationAnswer(boolean success, OneConversation data) {}

    /// @param more whether there are messages after these
    /// @param earlier whether there are messages before these
    record MessagePage(ConversationView conversation, List<MessageView> messages, boolean more, boolean earlier) {

        static MessagePage of(Conversations.Part part) {
            var frame = ChatFrame.Messages.of(part);
            return new MessagePage(frame.conversation(), frame.messages(), frame.more(), part.hasEarlier());
        }
    }

    record MessagePageAnswer(boolean success, MessagePage data) {}

    record NameBody(
            @Schema(description = "The workspace: `short_id-pathname`; the last signed in to by default")
            Optional<String> shortPath,

            @Schema(description = "1 to 60 characters; no longer changes by itself")
            Optional<String> title) {}

    private final WorkspaceApiGuard in;
    private final Conversations conversations;

    ConversationsResource(WorkspaceApiGuard in, Conversations conversations) {
        this.in = in;
        this.conversations = conversations;
    }

    @GET
    @Operation(summary = "List your conversations, newest first")
    @APIResponseSchema(
            value = ConversationPageAnswer.class,
            responseDescription = "Conversations with all the searched words; `nextCursor` if there are more")
    @APIResponse(responseCode = "400", description = "limit, after or search is invalid")
    public Response list(
            @Context Call call,
            @QueryParam("shortPath") Optional<String> shortPath,
            @QueryParam("search") Optional<String> search,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return in.member(call, shortPath, member -> switch (Paging.of(limit, after, ConversationCursor::parse)) {
            case Paging.Bad<ConversationCursor> bad -> Answers.refused(400, bad.error());
            case Paging.Slice<ConversationCursor> slice
            when search.orElse("").length() > SEARCH_AT_MOST ->
                Answers.refused(400, "search must be " + SEARCH_AT_MOST + " characters or less");
            case Paging.Slice<ConversationCursor> slice -> {
                var listed =
                        conversations.search(Participant.of(member), search.orElse(""), slice.after(), slice.limit());
                yield Response.ok(new ConversationPageAnswer(
                                true,
                                new ConversationPage(
                                        listed.conversations().stream()
                                                .map(ConversationView::of)
                                                .toList(),
                                        listed.next().map(ConversationCursor::toString))))
                        .build();
            }
        });
    }

    @GET
    @Path("{conversationId}")
    @Operation(summary = "Get a conversation")
    @APIResponseSchema(value = ConversationAnswer.class, responseDescription = "Without its messages")
    public Response find(
            @Context Call call,
            @QueryParam("shortPath") Optional<String> shortPath,
            @PathParam("conversationId") String conversationId) {
        return withOne(
                call,
                shortPath,
                conversationId,
                (whose, id) -> conversations
                        .find(whose, id)
                        .map(ConversationsResource::answer)
                        .orElseGet(() -> Answers.refused(404, UNKNOWN)));
    }

    @PUT
    @Path("{conversationId}")
    @Operation(summary = "Rename a conversation")
    @APIResponseSchema(value = ConversationAnswer.class, responseDescription = "The renamed conversation")
    @APIResponse(responseCode = "400", description = "The title is invalid")
    public Response name(@Context Call call, @PathParam("conversationId") String conversationId, NameBody body) {
        return withOne(call, body.shortPath(), conversationId, (whose, id) -> switch (conversations.name(
                whose, id, body.title().orElse(""))) {
            case Outcome.Done<Conversation>(Conversation named) -> answer(named);
            case Outcome.Refused<Conversation>(Refusal.Rejected rejected) -> Answers.refused(rejected.first());
            case Outcome.Refused<Conversation> _ -> Answers.refused(404, UNKNOWN);
        });
    }

    private static Response answer(Conversation conversation) {
        return Response.ok(new ConversationAnswer(true, new OneConversation(ConversationView.of(conversation))))
                .build();
    }

    @DELETE
    @Path("{conversationId}")
    @Operation(summary = "Delete a conversation with its messages and files")
    @APIResponseSchema(value = Answers.Envelope.class, responseDescription = "Permanently deleted")
    public Response delete(
            @Context Call call,
            @QueryParam("shortPath") Optional<String> shortPath,
            @PathParam("conversationId") String conversationId) {
        return withOne(
                call,
                shortPath,
                conversationId,
                (whose, id) -> conversations.delete(whose, id)
                        ? Answers.done("Conversation deleted")
                        : Answers.refused(404, UNKNOWN));
    }

    @GET
    @Path("{conversationId}/messages")
    @Operation(summary = "List the messages of a conversation")
    @APIResponseSchema(
            value = MessagePageAnswer.class,
            responseDescription = "Up to 200 before or after a position; the latest by default")
    @APIResponse(responseCode = "400", description = "before, after or limit is invalid")
    public Response messages(
            @Context Call call,
            @QueryParam("shortPath") Optional<String> shortPath,
            @PathParam("conversationId") String conversationId,
            @QueryParam("before") Optional<String> before,
            @QueryParam("after") Optional<String> after,
            @QueryParam("limit") Optional<String> limit) {
        return withOne(call, shortPath, conversationId, (whose, id) -> {
            MessageRange range = MessageRange.of(before, after, limit);
            return range instanceof MessageRange.Bad(String error)
                    ? Answers.refused(400, error)
                    : MessageRange.read(range, conversations, whose, id)
                            .map(part -> Response.ok(new MessagePageAnswer(true, MessagePage.of(part)))
                                    .build())
                            .orElseGet(() -> Answers.refused(404, UNKNOWN));
        });
    }

    private interface OnConversation {
        Response answer(Participant whose, ConversationId id);
    }

    private Response withOne(Call call, Optional<String> shortPath, String conversationId, OnConversation work) {
        Function<WorkspaceActor.Member, Response> found = member -> ConversationId.parse(conversationId)
                .map(id -> work.answer(Participant.of(member), id))
                .orElseGet(() -> Answers.refused(404, UNKNOWN));
        return in.member(call, shortPath, found);
    }
}
