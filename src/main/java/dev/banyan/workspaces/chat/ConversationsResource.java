package dev.banyan.workspaces.chat;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.answer.DoneMessage;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.ConversationCursor;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.access.MemberRequest;
import dev.banyan.workspaces.chat.ChatFrame.ConversationView;
import dev.banyan.workspaces.chat.ChatFrame.MessageView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
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

    ConversationsResource(Conversations conversations) {
        this.conversations = conversations;
    }

    @GET
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
    @Path("{conversationId}")
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
    @Path("{conversationId}")
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
    @Path("{conversationId}")
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
    @Path("{conversationId}/messages")
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
