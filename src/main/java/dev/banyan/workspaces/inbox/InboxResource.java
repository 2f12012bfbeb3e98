package dev.banyan.workspaces.inbox;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.platform.web.json.Answers;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.json.Paging;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.sending.Outgoing;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ConversationCursor;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import dev.banyan.workspaces.inbox.Inbox.Changed;
import dev.banyan.workspaces.inbox.InboxReplies.Sent;
import dev.banyan.workspaces.inbox.InboxViews.ContactView;
import dev.banyan.workspaces.inbox.InboxViews.InboxMessageView;
import dev.banyan.workspaces.inbox.InboxViews.ThreadView;
import dev.banyan.workspaces.inbox.ThreadQuery.View;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
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

    record ThreadListAnswer(boolean success, ThreadList data) {}

    record OneThread(ThreadView thread) {}

    record ThreadAnswer(boolean success, OneThread data) {}

    /// @param before the position before which the earlier messages end; absent at the beginning
    @JsonInclude(Include.NON_ABSENT)
    record InboxMessages(List<InboxMessageView> messages, Optional<Long> before) {}

    record InboxMessagesAnswer(boolean success, InboxMessages data) {}

    record OneInboxMessage(ConversationId threadId, InboxMessageView message) {}

    record InboxMessageAnswer(boolean success, OneInboxMessage data) {}

    @JsonInclude(Include.NON_ABSENT)
    record ContactList(List<ContactView> contacts, Optional<String> nextCursor) {}

    record ContactListAnswer(boolean success, ContactList data) {}

    record ThreadBody(
            @Schema(description = "The workspace: `short_id-pathname`")
            Optional<String> shortPath,

            @Schema(description = "The id of a workspace user; 0 unassigns the conversation")
            Optional<Integer> assigneeId,

            @Schema(description = "`open` or `closed`") Optional<String> state,
            Optional<Boolean> read,

            @Schema(description = "All tags: up to 10, each 1 to 30 characters")
            Optional<List<String>> tags) {}

    @NoOtherFields
    record InboxMessageBody(
            @Schema(description = "The workspace: `short_id-pathname`")
            Optional<String> shortPath,

            @Schema(description = "1 to 4000 characters") Optional<String> message,

            @Schema(description = "True for an internal note, which is never sent")
            Optional<Boolean> note,

            @Schema(description = "The id of the message that this answers")
            Optional<String> replyTo) {}

    @NoOtherFields
    record NewThreadBody(
            @Schema(description = "The workspace: `short_id-pathname`")
            Optional<String> shortPath,

            @Schema(description = "The recipient’s phone number", example = "+971500000101")
            Optional<String> phone,

            @Schema(description = "1 to 4000 characters") Optional<String> message) {}

    private final WorkspaceApiGuard in;
    private final Inbox inbox;
    private final InboxReplies replies;
    private final Outgoing outgoing;
    private final RateLimits limits;
    private final Idempotency idempotency;

    InboxResource(
            WorkspaceApiGuard in,
            Inbox inbox,
            InboxReplies replies,
            Outgoing outgoing,
            RateLimits limits,
            Idempotency idempotency) {
        this.in = in;
        this.inbox = inbox;
        this.replies = replies;
        this.outgoing = outgoing;
        this.limits = limits;
        this.idempotency = idempotency;
    }

    @GET
    @Path("inbox/threads")
    @Operation(summary = "List the inbox’s conversations, most recent first")
    @APIResponseSchema(
            value = ThreadListAnswer.class,
            responseDescription = "The conversations of the list, filtered by tag and search")
    @APIResponse(responseCode = "400", description = "A filter is invalid")
    public Response threads(
            @Context Call call,
            @QueryParam("shortPath") Optional<String> shortPath,
            @Parameter(
                            description =
                                    "`open` (the default), `mine`, `unassigned`, `closed` or `mentions` (of you in notes)")
                    @QueryParam("list")
                    Optional<String> list,
            @QueryParam("tag") Optional<String> tag,
            @Parameter(description = "Words, or their beginnings") @QueryParam("search") Optional<String> search,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return in.inbox(call, shortPath, member -> {
            Optional<View> view = Keyed.parse(View.class, list.orElse("open"));
            if (view.isEmpty()) {
                return Answers.refused(400, "list must be open, mine, unassigned, closed or mentions");
            }
            return switch (Paging.of(limit.or(() -> Optional.of("50")), after, ConversationCursor::parse)) {
                case Paging.Bad<ConversationCursor> bad -> Answers.refused(400, bad.error());
                case Paging.Slice<ConversationCursor> slice -> {
                    Inbox.Listed listed = inbox.list(
                            member,
                            new ThreadQuery(
                                    view.get(),
                                    tag.filter(text -> !text.isBlank())
                                            .map(text -> Inbox.tagOf(text).orElse("-")), // no tag has this name
                                    search.orElse(""),
                                    slice.after(),
                                    Math.min(slice.limit(), 200)));
                    yield Response.ok(new ThreadListAnswer(
                                    true,
                                    new ThreadList(
                                            listed.threads().stream()
                                                    .map(ThreadView::of)
                                                    .toList(),
                                            listed.next().map(Object::toString))))
                            .build();
                }
            };
        });
    }

    @POST
    @Path("inbox/threads")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Start a conversation with a phone number")
    @APIResponseSchema(value = InboxMessageAnswer.class, responseDescription = "The new message", responseCode = "201")
    @APIResponse(responseCode = "400", description = "The phone number or the message is invalid")
    @APIResponse(responseCode = "409", description = "The workspace has no number")
    @APIResponse(responseCode = "429", description = "Too many messages")
    public Response begin(@Context Call call, NewThreadBody body) {
        return writing(
                call,
                body.shortPath(),
                body,
                (member, key) -> replies.begin(
                        member, body.phone().orElse(""), key, body.message().orElse("")));
    }

    @GET
    @Path("inbox/threads/{threadId}")
    @Operation(summary = "Get a conversation of the inbox")
    @APIResponseSchema(value = ThreadAnswer.class, responseDescription = "The conversation")
    public Response thread(
            @Context Call call,
            @QueryParam("shortPath") Optional<String> shortPath,
            @PathParam("threadId") String threadId) {
        return onThread(
                call,
                shortPath,
                threadId,
                (member, id) -> inbox.read(member, id, Optional.empty(), 1)
                        .map(part -> ok(part.thread()))
                        .orElseGet(() -> Answers.refused(404, UNKNOWN)));
    }

    @PUT
    @Path("inbox/threads/{threadId}")
    @Operation(summary = "Assign, close, tag or mark a conversation as read")
    @APIResponseSchema(value = ThreadAnswer.class, responseDescription = "The conversation")
    public Response change(@Context Call call, @PathParam("threadId") String threadId, ThreadBody body) {
        return onThread(call, body.shortPath(), threadId, (member, id) -> {
            Optional<InboxThread.State> state = body.state().flatMap(InboxThread.State::of);
            if (body.state().isPresent() && state.isEmpty()) {
                return Answers.refused(400, "state must be open or closed");
            }
            Changed changed = inbox.change(
                    member,
                    id,
                    new Inbox.Change(
                            body.assigneeId().map(user -> Optional.of(user).filter(number -> number != 0)),
                            state,
                            body.read(),
                            body.tags()));
            return switch (changed) {
                case Changed.Done done -> ok(done.thread());
                case Changed.NotFound _ -> Answers.refused(404, UNKNOWN);
                case Changed.Rejected rejected -> Answers.refused(rejected.invalid());
                case Changed.NoSuchAgent _ ->
                    Answers.refused(400, "assigneeId must be an agent or admin of this workspace");
                case Changed.TooManyTags many ->
                    Answers.refused(400, "A conversation can have up to " + many.most() + " tags");
            };
        });
    }

    @GET
    @Path("inbox/threads/{threadId}/messages")
    @Operation(summary = "List a conversation’s messages and notes")
    @APIResponseSchema(
            value = InboxMessagesAnswer.class,
            responseDescription = "Oldest first: the latest messages, or those before a position")
    @APIResponse(responseCode = "400", description = "before isn’t a number")
    public Response messages(
            @Context Call call,
            @QueryParam("shortPath") Optional<String> shortPath,
            @PathParam("threadId") String threadId,
            @Parameter(description = "`before` from the previous answer") @QueryParam("before")
                    Optional<String> before) {
        if (before.filter(text -> !text.matches("[1-9][0-9]{0,8}")).isPresent()) {
            return in.inbox(call, shortPath, _ -> Answers.refused(400, "before must be a number"));
        }
        return onThread(
                call,
                shortPath,
                threadId,
                (member, id) -> inbox.read(member, id, before.map(Long::valueOf), MESSAGES)
                        .map(part -> Response.ok(new InboxMessagesAnswer(
                                        true,
                                        new InboxMessages(
                                                part.messages().stream()
                                                        .map(message -> InboxMessageView.of(
                                                                message,
                                                                part.sent(),
                                                                part.received(),
                                                                part.details(),
                                                                part.mentions()))
                                                        .toList(),
                                                part.earlier())))
                                .build())
                        .orElseGet(() -> Answers.refused(404, UNKNOWN)));
    }

    private List<InboxMessageView> views(Member member, List<Message> messages, Map<UUID, List<Message.By>> mentions) {
        Map<UUID, OutgoingMessage> ways = outgoing.find(
                member.owner().tenant(),
                messages.stream()
                        .flatMap(message -> message.outgoing().stream())
                        .toList());
        return messages.stream()
                .map(message -> InboxMessageView.of(message, ways, Map.of(), Map.of(), mentions))
                .toList();
    }

    @POST
    @Path("inbox/threads/{threadId}/messages")
    @Parameter(ref = Idempotency.HEADER)
    @Operation(summary = "Send a reply or add a note")
    @APIResponseSchema(
            value = InboxMessageAnswer.class,
            responseDescription = "Stored; a reply is queued for sending",
            responseCode = "201")
    @APIResponse(responseCode = "400", description = "The message is invalid")
    @APIResponse(responseCode = "409", description = "The workspace has no number")
    @APIResponse(responseCode = "429", description = "Too many messages")
    public Response write(@Context Call call, @PathParam("threadId") String threadId, InboxMessageBody body) {
        String text = body.message().orElse("");
        return writing(
                call,
                body.shortPath(),
                body,
                (member, key) -> ConversationId.parse(threadId)
                        .map(id -> body.note().orElse(false)
                                ? replies.note(member, id, key, text, List.of())
                                : replies.reply(
                                        member,
                                        id,
                                        key,
                                        text,
                                        List.of(),
                                        body.replyTo().flatMap(Uuids::parse)))
                        .orElseGet(Sent.NotFound::new));
    }

    @GET
    @Path("inbox/contacts")
    @Operation(summary = "List a workspace’s contacts")
    @APIResponseSchema(value = ContactListAnswer.class, responseDescription = "By phone number")
    @APIResponse(responseCode = "400", description = "limit or after is invalid")
    public Response contacts(
            @Context Call call,
            @QueryParam("shortPath") Optional<String> shortPath,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        return in.inbox(call, shortPath, member -> switch (Paging.of(limit, after, Phone::parse)) {
            case Paging.Bad<Phone> bad -> Answers.refused(400, bad.error());
            case Paging.Slice<Phone> slice -> contacts(member, slice);
        });
    }

    private Response contacts(Member member, Paging.Slice<Phone> slice) {
        List<Contact> found = inbox.contacts(member, slice.after(), slice.limit() + 1);
        List<Contact> shown = found.subList(0, Math.min(slice.limit(), found.size()));
        return Response.ok(new ContactListAnswer(
                        true,
                        new ContactList(
                                shown.stream().map(ContactView::of).toList(),
                                found.size() > shown.size()
                                        ? Optional.of(shown.getLast().phone().e164())
                                        : Optional.empty())))
                .build();
    }

    private Response onThread(
            Call call, Optional<String> shortPath, String threadId, BiFunction<Member, ConversationId, Response> work) {
        return in.inbox(
                call,
                shortPath,
                member -> ConversationId.parse(threadId)
                        .map(id -> work.apply(member, id))
                        .orElseGet(() -> Answers.refused(404, UNKNOWN)));
    }

    private Response writing(
            Call call, Optional<String> shortPath, Object body, BiFunction<Member, String, Sent> work) {
        Function<Member, Response> once = member -> idempotency.once(
                call, member.owner().tenant(), call.header(Idempotency.HEADER), body, () -> write(member, work));
        return in.inbox(call, shortPath, once);
    }

    private Response write(Member member, BiFunction<Member, String, Sent> work) {
        Optional<Duration> wait = limits.take(
                RateLimit.INBOX_MESSAGES_BY_USER, Participant.of(member).name());
        if (wait.isPresent()) {
            return Answers.tooMany(wait.get());
        }
        return switch (work.apply(member, Digests.newToken())) {
            case Sent.Done done ->
                Response.status(201)
                        .entity(new InboxMessageAnswer(
                                true,
                                new OneInboxMessage(
                                        done.thread(),
                                        views(
                                                        member,
                                                        List.of(done.message()),
                                                        inbox.mentions(
                                                                member,
                                                                done.thread(),
                                                                done.message().id()))
                                                .getFirst())))
                        .build();
            case Sent.NotFound _ -> Answers.refused(404, UNKNOWN);
            case Sent.Rejected rejected -> Answers.refused(rejected.invalid());
            case Sent.NoNumber _ -> Answers.refused(409, "This workspace has no WhatsApp number");
            case Sent.Full _ -> Answers.refused(409, "This conversation can’t hold more notes");
        };
    }

    private static Response ok(InboxThread thread) {
        return Response.ok(new ThreadAnswer(true, new OneThread(ThreadView.of(thread))))
                .build();
    }
}
