package dev.banyan.workspaces.inbox;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.json.NullIsNone;
import dev.banyan.platform.web.json.Paging;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ConversationCursor;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.MemberRequest;
import dev.banyan.workspaces.chat.AttachmentAnswers;
import dev.banyan.workspaces.inbox.Inbox.Changed;
import dev.banyan.workspaces.inbox.InboxReplies.Sent;
import dev.banyan.workspaces.inbox.InboxViews.ContactView;
import dev.banyan.workspaces.inbox.InboxViews.InboxMessageView;
import dev.banyan.workspaces.inbox.InboxViews.MergeView;
import dev.banyan.workspaces.inbox.InboxViews.ThreadView;
import dev.banyan.workspaces.inbox.ThreadQuery.View;
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

/// The shared inbox of a workspace, as an API: for its agents and admins, each in the workspace they are signed in to.
@Path("/api/sub-client")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Inbox", description = "Conversations with contacts, and the team’s replies.")
class InboxResource {

    private static final String UNKNOWN = "Conversation not found";
    private static final int MESSAGES = 100;

    @JsonInclude(Include.NON_ABSENT)
    record ThreadList(List<ThreadView> threads, Optional<String> nextCursor) {}

    /// @param merge the last one that the contact came out of, while it can be undone
    @Schema(extensions = @Extension(name = ApiDescription.ENVELOPE, value = "ThreadAnswer"))
    @JsonInclude(Include.NON_ABSENT)
    record OneThread(ThreadView thread, Optional<MergeView> merge) {}

    /// @param before the position before which the earlier messages end; absent at the beginning
    @JsonInclude(Include.NON_ABSENT)
    record InboxMessages(List<InboxMessageView> messages, Optional<Long> before) {}

    @Schema(extensions = @Extension(name = ApiDescription.ENVELOPE, value = "InboxMessageAnswer"))
    record OneInboxMessage(ConversationId threadId, InboxMessageView message) {}

    @JsonInclude(Include.NON_ABSENT)
    record ContactList(List<ContactView> contacts, Optional<String> nextCursor) {}

    record ThreadBody(
            @Schema(description = "The workspace: `short_id-pathname`")
            Optional<String> shortPath,

            @Schema(description = "The id of a workspace user; 0 or null unassigns the conversation")
            @JsonDeserialize(using = NullIsNone.Number.class)
            Optional<Integer> assigneeId,

            @Schema(
                    description =
                            "The assignee that you know of, 0 or null for none: if someone else assigned it meanwhile, nothing"
                                    + " is changed and the answer is 409")
            @JsonDeserialize(using = NullIsNone.Number.class)
            Optional<Integer> expectedAssigneeId,

            @Schema(description = "`open` or `closed`") Optional<String> state,
            Optional<Boolean> read,

            @Schema(description = "All tags: up to 10, each 1 to 30 characters")
            Optional<List<String>> tags) {}

    @NoOtherFields
    @Schema(requiredProperties = "message")
    record InboxMessageBody(
            @Schema(description = "The workspace: `short_id-pathname`")
            Optional<String> shortPath,

            @Schema(description = "1 to 4000 characters") Optional<String> message,

            @Schema(description = "True for an internal note, which is never sent")
            Optional<Boolean> note,

            @Schema(description = "The id of the message of this conversation that it answers")
            Optional<String> replyTo) {}

    @NoOtherFields
    @Schema(requiredProperties = {"phone", "message"})
    record NewThreadBody(
            @Schema(description = "The workspace: `short_id-pathname`")
            Optional<String> shortPath,

            @Schema(description = "The recipient’s phone number", example = "+971500000101")
            Optional<String> phone,

            @Schema(description = "1 to 4000 characters") Optional<String> message) {}

    private final Inbox inbox;
    private final InboxReplies replies;
    private final ContactActs contacts;
    private final AttachmentAnswers files;
    private final RateLimits limits;

    InboxResource(Inbox inbox, InboxReplies replies, ContactActs contacts, AttachmentAnswers files, RateLimits limits) {
        this.inbox = inbox;
        this.contacts = contacts;
        this.replies = replies;
        this.files = files;
        this.limits = limits;
    }

    @GET
    @Path("inbox/threads")
    @Operation(summary = "List the inbox’s conversations, most recent first")
    @APIResponseSchema(
            value = ThreadList.class,
            responseDescription = "The conversations of the list, filtered by tag and search")
    @APIResponse(responseCode = "400", description = "A filter is invalid")
    public ThreadList threads(
            @Context MemberRequest request,
            @QueryParam("shortPath") Optional<String> shortPath,
            @Parameter(
                            description =
                                    "`open` (the default), `mine`, `unassigned`, `closed` or `mentions` (of you in"
                                            + " notes)")
                    @QueryParam("list")
                    Optional<String> list,
            @QueryParam("tag") Optional<String> tag,
            @Parameter(description = "Words, or their beginnings") @QueryParam("search") Optional<String> search,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        Member member = request.inbox(shortPath);
        View view = Keyed.parse(View.class, list.orElse("open"))
                .orElseThrow(() -> request.refused(400, "list must be open, mine, unassigned, closed or mentions"));
        return switch (Paging.of(limit.or(() -> Optional.of("50")), after, ConversationCursor::parse)) {
            case Paging.Bad<ConversationCursor> bad -> throw request.refused(400, bad.error());
            case Paging.Slice<ConversationCursor> slice -> {
                Inbox.Listed listed = inbox.list(
                        member,
                        new ThreadQuery(
                                view,
                                tag.filter(text -> !text.isBlank())
                                        .map(text -> Inbox.tagOf(text).orElse("-")), // no tag has this name
                                search.orElse(""),
                                slice.after(),
                                Math.min(slice.limit(), 200)));
                yield new ThreadList(
                        listed.threads().stream().map(ThreadView::of).toList(),
                        listed.next().map(Object::toString));
            }
        };
    }

    @POST
    @Path("inbox/threads")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Start a conversation with a phone number")
    @APIResponseSchema(value = OneInboxMessage.class, responseDescription = "The new message", responseCode = "201")
    @APIResponse(responseCode = "400", description = "The phone number or the message is invalid")
    @APIResponse(responseCode = "409", description = "The workspace has no number")
    @APIResponse(responseCode = "429", description = "Too many messages")
    public Response begin(@Context MemberRequest request, NewThreadBody body) {
        Member member = request.inbox(body.shortPath());
        return writing(
                request,
                member,
                body,
                key -> replies.begin(
                        member, body.phone().orElse(""), key, body.message().orElse("")));
    }

    @GET
    @Path("inbox/threads/{threadId}")
    @Operation(summary = "Get a conversation of the inbox")
    @APIResponseSchema(value = OneThread.class, responseDescription = "The conversation")
    public OneThread thread(
            @Context MemberRequest request,
            @QueryParam("shortPath") Optional<String> shortPath,
            @PathParam("threadId") String threadId) {
        Member member = request.inbox(shortPath);
        return view(
                member,
                inbox.read(member, id(request, threadId), Optional.empty(), 1)
                        .orElseThrow(() -> unknown(request))
                        .thread());
    }

    private OneThread view(Member member, InboxThread thread) {
        return new OneThread(
                ThreadView.of(thread), contacts.merge(member, thread).map(MergeView::of));
    }

    @DELETE
    @Path("inbox/threads/{threadId}/merge")
    @Operation(
            summary = "Undo the merge of a conversation’s contact with another one",
            description =
                    "Each gets its own messages back, both stay opted out if one is, and they aren’t merged again.")
    @APIResponseSchema(
            value = OneThread.class,
            responseDescription = "The conversation, with the contact it is with now")
    @APIResponse(responseCode = "409", description = "The contact wasn’t merged in the last 48 hours")
    public OneThread undoMerge(
            @Context MemberRequest request,
            @QueryParam("shortPath") Optional<String> shortPath,
            @PathParam("threadId") String threadId) {
        Member member = request.inbox(shortPath);
        return switch (contacts.undoMerge(member, id(request, threadId))) {
            case Changed.Done done -> view(member, done.thread());
            case Changed.Rejected(Invalid invalid) -> throw Refused.conflict(invalid.userMessage());
            case Changed.NotFound _, Changed.NoSuchAgent _, Changed.TooManyTags _, Changed.Taken _ ->
                throw unknown(request);
        };
    }

    private static ConversationId id(MemberRequest request, String threadId) {
        return ConversationId.parse(threadId).orElseThrow(() -> unknown(request));
    }

    private static EarlyAnswer unknown(MemberRequest request) {
        return request.refused(404, UNKNOWN);
    }

    @PUT
    @Path("inbox/threads/{threadId}")
    @Operation(summary = "Assign, close, tag or mark a conversation as read")
    @APIResponseSchema(value = OneThread.class, responseDescription = "The conversation")
    @APIResponse(responseCode = "409", description = "It has another assignee than `expectedAssigneeId`")
    public OneThread change(@Context MemberRequest request, @PathParam("threadId") String threadId, ThreadBody body) {
        Member member = request.inbox(body.shortPath());
        ConversationId id = id(request, threadId);
        Optional<InboxThread.State> state = body.state().flatMap(InboxThread.State::of);
        if (body.state().isPresent() && state.isEmpty()) {
            throw request.refused(400, "state must be open or closed");
        }
        var change = new Inbox.Change(
                body.assigneeId().map(InboxResource::user),
                state,
                body.read(),
                body.tags(),
                body.expectedAssigneeId().map(InboxResource::user));
        return switch (inbox.change(member, id, change)) {
            case Changed.Done done -> view(member, done.thread());
            case Changed.NotFound _ -> throw unknown(request);
            case Changed.Rejected rejected -> throw Refused.invalid(rejected.invalid());
            case Changed.NoSuchAgent _ ->
                throw request.refused(400, "assigneeId must be an agent or admin of this workspace who can sign in");
            case Changed.TooManyTags many ->
                throw request.refused(400, "A conversation can have up to " + many.most() + " tags");
            case Changed.Taken(Optional<Message.By> to) -> throw Refused.conflict(InboxThreadPages.taken(to));
        };
    }

    private static Optional<Integer> user(int number) {
        return Optional.of(number).filter(user -> user != 0);
    }

    @GET
    @Path("inbox/threads/{threadId}/messages")
    @Operation(summary = "List a conversation’s messages and notes")
    @APIResponseSchema(
            value = InboxMessages.class,
            responseDescription = "Oldest first: the latest messages, or those before a position")
    @APIResponse(responseCode = "400", description = "before isn’t a number")
    public InboxMessages messages(
            @Context MemberRequest request,
            @QueryParam("shortPath") Optional<String> shortPath,
            @PathParam("threadId") String threadId,
            @Parameter(description = "`before` from the previous answer") @QueryParam("before")
                    Optional<String> before) {
        Member member = request.inbox(shortPath);
        if (before.filter(text -> !text.matches("[1-9][0-9]{0,8}")).isPresent()) {
            throw request.refused(400, "before must be a number");
        }
        ThreadPart part = inbox.read(member, id(request, threadId), before.map(Long::valueOf), MESSAGES)
                .orElseThrow(() -> unknown(request));
        return new InboxMessages(
                part.messages().stream()
                        .map(message -> InboxMessageView.of(part, message))
                        .toList(),
                part.earlier());
    }

    @GET
    @Path("inbox/threads/{threadId}/files/{fileId}")
    @Operation(
            summary = "Download a file of a conversation",
            description = "Named by `files` of its messages. `Range` may ask for a part.")
    @APIResponse(responseCode = "200", description = "The file, with its name, type and size")
    public Response file(
            @Context MemberRequest request,
            @QueryParam("shortPath") Optional<String> shortPath,
            @PathParam("threadId") String threadId,
            @PathParam("fileId") String fileId) {
        Member member = request.inbox(shortPath);
        return Optional.of(id(request, threadId))
                .filter(thread -> inbox.has(member, thread))
                .flatMap(thread -> files.answer(request.call(), member, thread, fileId))
                .orElseThrow(() -> request.refused(404, "File not found"));
    }

    @POST
    @Path("inbox/threads/{threadId}/messages")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Send a reply or add a note")
    @APIResponseSchema(
            value = OneInboxMessage.class,
            responseDescription = "Stored; a reply is queued for sending",
            responseCode = "201")
    @APIResponse(responseCode = "400", description = "The message is invalid")
    @APIResponse(responseCode = "409", description = "The workspace has no number")
    @APIResponse(responseCode = "429", description = "Too many messages")
    public Response write(
            @Context MemberRequest request, @PathParam("threadId") String threadId, InboxMessageBody body) {
        Member member = request.inbox(body.shortPath());
        String text = body.message().orElse("");
        Optional<String> typed = body.replyTo().filter(id -> !id.isBlank());
        Optional<UUID> replyTo = typed.flatMap(Uuids::parse);
        if (typed.isPresent() && replyTo.isEmpty()) {
            throw Refused.invalid(WhatsAppReplies.NOT_HERE);
        }
        return writing(
                request,
                member,
                body,
                key -> ConversationId.parse(threadId)
                        .map(id -> body.note().orElse(false)
                                ? replies.note(member, id, key, text, List.of())
                                : replies.reply(member, id, key, text, List.of(), replyTo))
                        .orElseGet(Sent.NotFound::new));
    }

    @GET
    @Path("inbox/contacts")
    @Operation(summary = "List a workspace’s contacts")
    @APIResponseSchema(value = ContactList.class, responseDescription = "By phone number")
    @APIResponse(responseCode = "400", description = "limit or after is invalid")
    public ContactList contacts(
            @Context MemberRequest request,
            @QueryParam("shortPath") Optional<String> shortPath,
            @BeanParam PageQuery page) {
        Member member = request.inbox(shortPath);
        PageQuery.Slice<ContactAddress> slice = page.slice(ContactAddress::parse);
        return slice.of(
                inbox.contacts(member, slice.after(), slice.most()),
                ContactView::of,
                Contact::address,
                (contacts, next) -> new ContactList(contacts, next.map(ContactAddress::key)));
    }

    private Response writing(MemberRequest request, Member member, Record body, Function<String, Sent> work) {
        return request.once(member.owner().tenant(), body, 201, () -> written(request, member, work));
    }

    private OneInboxMessage written(MemberRequest request, Member member, Function<String, Sent> work) {
        limits.take(RateLimit.INBOX_MESSAGES_BY_USER, Participant.of(member).name())
                .ifPresent(wait -> {
                    throw request.tooMany(wait);
                });
        return switch (work.apply(Digests.newToken())) {
            case Sent.Done done -> {
                ThreadPart part =
                        inbox.part(member, done.thread(), done.message()).orElseThrow(() -> unknown(request));
                yield new OneInboxMessage(done.thread(), InboxMessageView.of(part, done.message()));
            }
            case Sent.NotFound _ -> throw unknown(request);
            case Sent.Rejected rejected -> throw Refused.invalid(rejected.invalid());
            case Sent.NoNumber _ -> throw Refused.conflict("This workspace has no WhatsApp number");
            case Sent.Full _ -> throw Refused.conflict("This conversation can’t hold more notes");
        };
    }
}
