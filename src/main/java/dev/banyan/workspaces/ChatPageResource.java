package dev.banyan.workspaces;

import dev.banyan.platform.Digests;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Html;
import dev.banyan.platform.web.Words;
import dev.banyan.workspaces.Conversations.Cursor;
import dev.banyan.workspaces.Conversations.Part;
import dev.banyan.workspaces.Conversations.Posted;
import dev.banyan.workspaces.WorkspaceActor.Member;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The chat as pages and forms. `ui/chat.js` makes it live over [ChatSocket]; nothing needs it.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class ChatPageResource {

    private static final int LISTED = 50;
    private static final String NEW = "New conversation";

    /// What of the conversations a page shows.
    ///
    /// @param part empty for a conversation that is not begun
    /// @param view `thread` or `list`: what a phone shows
    /// @param draft what was typed and could not be sent
    private record Shown(
            Optional<Part> part,
            String view,
            Optional<Cursor> older,
            String key,
            String draft,
            Optional<FormProblem> problem) {

        static Shown of(Optional<Part> part) {
            return new Shown(part, "thread", Optional.empty(), Digests.newToken(), "", Optional.empty());
        }
    }

    private final AtWorkspace at;
    private final Conversations conversations;
    private final RateLimits limits;

    ChatPageResource(AtWorkspace at, Conversations conversations, RateLimits limits) {
        this.at = at;
        this.conversations = conversations;
        this.limits = limits;
    }

    /// The conversation that was used last.
    @GET
    @Path("chat")
    public Response latest(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @QueryParam("view") @DefaultValue("thread") String view,
            @QueryParam("older") @DefaultValue("") String older) {
        return at.member(call, shortPath, member -> {
            Participant whose = Participant.of(member);
            Optional<Part> part = conversations
                    .latest(whose)
                    .flatMap(conversation -> conversations.readEnd(whose, conversation.id()));
            return Html.ok(page(
                    call,
                    member,
                    new Shown(
                            part,
                            view.equals("list") ? "list" : "thread",
                            Cursor.parse(older),
                            Digests.newToken(),
                            "",
                            Optional.empty())));
        });
    }

    @GET
    @Path("chat/new")
    public Response blank(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.member(call, shortPath, member -> Html.ok(page(call, member, Shown.of(Optional.empty()))));
    }

    /// @param after shows what comes behind this position; absent shows the end
    @GET
    @Path("chat/{conversationId}")
    public Response conversation(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("conversationId") String conversationId,
            @QueryParam("after") @DefaultValue("") String after) {
        return at.member(call, shortPath, member -> {
            Participant whose = Participant.of(member);
            return ConversationId.parse(conversationId)
                    .flatMap(id -> after.matches("[0-9]{1,9}")
                            ? conversations.read(whose, id, Long.parseLong(after))
                            : conversations.readEnd(whose, id))
                    .map(part -> Html.ok(page(call, member, Shown.of(Optional.of(part)))))
                    .orElseGet(() -> missing(call, member));
        });
    }

    private Response missing(Call call, Member member) {
        return Html.answer(
                404, new ConversationMissingPage(at.door(call, member.workspace(), "Conversation not found")));
    }

    @POST
    @Path("chat")
    public Response begin(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("key") @DefaultValue("") String key,
            @FormParam("message") @DefaultValue("") String message) {
        return at.member(call, shortPath, member -> post(call, member, Optional.empty(), key, message));
    }

    @POST
    @Path("chat/{conversationId}")
    public Response goOn(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("conversationId") String conversationId,
            @FormParam("key") @DefaultValue("") String key,
            @FormParam("message") @DefaultValue("") String message) {
        return at.member(
                call,
                shortPath,
                member -> ConversationId.parse(conversationId)
                        .map(id -> post(call, member, Optional.of(id), key, message))
                        .orElseGet(() -> missing(call, member)));
    }

    private Response post(Call call, Member member, Optional<ConversationId> id, String key, String message) {
        Participant whose = Participant.of(member);
        Optional<Duration> wait = limits.take(RateLimit.CHAT_MESSAGES_BY_USER, whose.name());
        if (wait.isPresent()) {
            return refused(
                    call,
                    member,
                    id,
                    message,
                    429,
                    new FormProblem("Too many messages.", "Wait a minute and send again."));
        }
        return switch (conversations.post(whose, id, key, message)) {
            case Posted.Done done -> {
                ConversationId to = done.conversation().id();
                conversations.answer(whose, to, _ -> {});
                yield Html.seeOther(AtWorkspace.pathOf(member.workspace()) + "/chat/" + to);
            }
            case Posted.NotFound _ -> missing(call, member);
            case Posted.Rejected rejected ->
                refused(
                        call,
                        member,
                        id,
                        message,
                        422,
                        new FormProblem("This was not sent.", rejected.invalid().rule() + "."));
            case Posted.Full _ ->
                refused(
                        call,
                        member,
                        id,
                        message,
                        422,
                        new FormProblem("This conversation is full.", "Begin a new one."));
        };
    }

    private Response refused(
            Call call, Member member, Optional<ConversationId> id, String draft, int status, FormProblem problem) {
        Optional<Part> part = id.flatMap(known -> conversations.readEnd(Participant.of(member), known));
        return Html.answer(
                status,
                page(
                        call,
                        member,
                        new Shown(part, "thread", Optional.empty(), Digests.newToken(), draft, Optional.of(problem))));
    }

    @GET
    @Path("chat/{conversationId}/delete")
    public Response askToDelete(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("conversationId") String conversationId) {
        return at.member(
                call,
                shortPath,
                member -> ConversationId.parse(conversationId)
                        .flatMap(id -> conversations.readEnd(Participant.of(member), id))
                        .map(Part::conversation)
                        .map(conversation -> Html.ok(new DeleteConversationPage(
                                at.door(call, member.workspace(), "Delete conversation"),
                                conversation.id().toString(),
                                conversation.title(),
                                Words.count(conversation.messages(), "message", "messages"))))
                        .orElseGet(() -> missing(call, member)));
    }

    @POST
    @Path("chat/{conversationId}/delete")
    public Response delete(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("conversationId") String conversationId) {
        return at.member(
                call,
                shortPath,
                member -> ConversationId.parse(conversationId)
                        .filter(id -> conversations.delete(Participant.of(member), id))
                        .map(_ -> Html.seeOther(AtWorkspace.pathOf(member.workspace()) + "/chat"))
                        .orElseGet(() -> missing(call, member)));
    }

    private ChatPage page(Call call, Member member, Shown shown) {
        Optional<Conversation> conversation = shown.part().map(Part::conversation);
        String title = conversation.map(Conversation::title).orElse(NEW);
        String id = conversation.map(found -> found.id().toString()).orElse("");
        List<Message> messages = shown.part().map(Part::messages).orElse(List.of());
        long first = messages.isEmpty() ? 1 : messages.getFirst().position();
        long last = messages.isEmpty() ? 0 : messages.getLast().position();
        var listed = conversations.list(Participant.of(member), shown.older(), LISTED);
        return new ChatPage(
                at.door(call, member.workspace(), title),
                at.shell(call, member, WorkspaceMenu.CHAT, title),
                title,
                shown.view(),
                id,
                last,
                listed.conversations().stream()
                        .map(entry -> ChatPage.Entry.of(entry, id))
                        .toList(),
                listed.next().map(Cursor::toString),
                messages.stream().map(ChatPage.Line::of).toList(),
                Optional.of(Math.max(0, first - 1 - Conversations.PORTION)).filter(_ -> first > 1),
                Optional.of(last).filter(_ -> shown.part().map(Part::more).orElse(false)),
                shown.key(),
                shown.draft(),
                shown.problem());
    }
}
