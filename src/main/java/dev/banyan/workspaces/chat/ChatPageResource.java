package dev.banyan.workspaces.chat;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.ConversationCursor;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import dev.banyan.workspaces.chat.ChatPages.Shown;
import dev.banyan.workspaces.chat.Conversations.Part;
import dev.banyan.workspaces.chat.Conversations.Posted;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/// The chat as pages and forms. `ui/chat.js` adds live updates over [ChatSocket], but everything works without it.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class ChatPageResource {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// A message from a form.
    ///
    /// @param kept ids of files uploaded earlier
    private record Typed(String key, String message, List<String> kept, List<FileUpload> files) {}

    private final WorkspacePageGuard at;
    private final ChatPages pages;
    private final Conversations conversations;
    private final ChatAnswers answers;
    private final Attachments attachments;
    private final AttachmentAnswers files;
    private final RateLimits limits;

    ChatPageResource(
            WorkspacePageGuard at,
            ChatPages pages,
            Conversations conversations,
            ChatAnswers answers,
            Attachments attachments,
            AttachmentAnswers files,
            RateLimits limits) {
        this.at = at;
        this.pages = pages;
        this.conversations = conversations;
        this.answers = answers;
        this.attachments = attachments;
        this.files = files;
        this.limits = limits;
    }

    /// The most recently used conversation.
    @GET
    @Path("chat")
    public Response latest(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @QueryParam("view") @DefaultValue("thread") String view,
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("older") @DefaultValue("") String older) {
        return at.member(call, shortPath, member -> {
            Participant whose = Participant.of(member);
            Optional<Part> part = conversations
                    .latest(whose)
                    .flatMap(conversation -> conversations.readEnd(whose, conversation.id()));
            return pages.show(
                    200,
                    call,
                    member,
                    new Shown(
                            part,
                            view.equals("list") ? "list" : "thread",
                            ChatPages.cut(search),
                            ConversationCursor.parse(older),
                            "",
                            Optional.empty()));
        });
    }

    @GET
    @Path("chat/new")
    public Response blank(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.member(call, shortPath, member -> pages.show(200, call, member, Shown.of(Optional.empty())));
    }

    /// @param after shows the messages after this position; absent shows the end
    @GET
    @Path("chat/{conversationId}")
    public Response conversation(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("conversationId") String conversationId,
            @QueryParam("after") @DefaultValue("") String after) {
        return pages.on(
                call,
                shortPath,
                conversationId,
                (member, id) -> (after.matches("[0-9]{1,9}")
                                ? conversations.read(Participant.of(member), id, Long.parseLong(after))
                                : conversations.readEnd(Participant.of(member), id))
                        .map(part -> pages.show(200, call, member, Shown.of(Optional.of(part)))));
    }

    /// @param kept ids of files uploaded earlier
    @POST
    @Path("chat")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    public Response begin(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @RestForm("key") @DefaultValue("") String key,
            @RestForm("message") @DefaultValue("") String message,
            @RestForm("attachment") List<String> kept,
            @RestForm("file") List<FileUpload> brought) {
        var typed = new Typed(key, message, kept, brought);
        return at.member(call, shortPath, member -> post(call, member, Optional.empty(), typed));
    }

    @POST
    @Path("chat/{conversationId}")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    public Response goOn(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("conversationId") String conversationId,
            @RestForm("key") @DefaultValue("") String key,
            @RestForm("message") @DefaultValue("") String message,
            @RestForm("attachment") List<String> kept,
            @RestForm("file") List<FileUpload> brought) {
        var typed = new Typed(key, message, kept, brought);
        return pages.on(
                call,
                shortPath,
                conversationId,
                (member, id) -> Optional.of(post(call, member, Optional.of(id), typed)));
    }

    private Response post(Call call, Member member, Optional<ConversationId> id, Typed typed) {
        Participant whose = Participant.of(member);
        Optional<Duration> wait = limits.take(RateLimit.CHAT_MESSAGES_BY_USER, whose.name());
        if (wait.isPresent()) {
            var problem = new FormProblem("Too many messages.", "Wait a minute and send again.");
            return Html.retryAfter(wait.get(), pages.refuse(429, call, member, id, typed.message(), problem));
        }
        // Browsers send an empty part if no file was chosen.
        List<FileUpload> brought = typed.files().stream()
                .filter(file -> file.fileName() != null && !file.fileName().isEmpty())
                .toList();
        if (!brought.isEmpty() && id.isEmpty() && !Conversations.isKey(typed.key())) {
            return notSent(call, member, id, typed, "Send it again.");
        }
        Optional<ConversationId> place =
                brought.isEmpty() ? id : id.or(() -> Optional.of(conversations.open(whose, typed.key())));
        var ready = new ArrayList<>(typed.kept().stream()
                .map(Uuids::parse)
                .flatMap(Optional::stream)
                .toList());
        for (FileUpload file : brought) {
            switch (attachments.keep(
                    whose.tenant(),
                    whose.workspace(),
                    place.orElseThrow(),
                    Optional.of(whose.user()),
                    file.fileName(),
                    file.uploadedFile())) {
                case Attachments.StoreResult.Done done ->
                    ready.add(done.attachment().id());
                case Attachments.StoreResult.NotFound _ -> {
                    return pages.missing(call, member);
                }
                case Attachments.StoreResult.Refused refused -> {
                    return notSent(call, member, place, typed, refused.invalid().userMessage() + ".");
                }
                case Attachments.StoreResult.StorageFull full -> {
                    return notSent(call, member, place, typed, AttachmentsResource.full(full) + ".");
                }
            }
        }
        return post(call, member, place, typed, ready);
    }

    private Response post(Call call, Member member, Optional<ConversationId> id, Typed typed, List<UUID> ready) {
        Participant whose = Participant.of(member);
        return switch (conversations.post(whose, id, typed.key(), typed.message(), ready)) {
            case Posted.Done done -> {
                ConversationId to = done.conversation().id();
                answers.await(whose, to, PATIENCE);
                yield Html.seeOther(pathOf(member, to));
            }
            case Posted.NotFound _ -> pages.missing(call, member);
            case Posted.Rejected rejected ->
                notSent(call, member, id, typed, rejected.invalid().userMessage() + ".");
            case Posted.Full _ ->
                pages.refuse(
                        422,
                        call,
                        member,
                        id,
                        typed.message(),
                        new FormProblem("This conversation is full.", "Start a new conversation."));
        };
    }

    private Response notSent(Call call, Member member, Optional<ConversationId> id, Typed typed, String why) {
        return pages.refuse(422, call, member, id, typed.message(), new FormProblem("Message not sent.", why));
    }

    private static String pathOf(Member member, ConversationId id) {
        return WorkspacePageGuard.pathOf(member.workspace()) + "/chat/" + id;
    }

    /// Retries a failed answer.
    @POST
    @Path("chat/{conversationId}/retry")
    public Response tryAgain(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("conversationId") String conversationId) {
        return pages.on(
                call,
                shortPath,
                conversationId,
                (member, id) -> conversations.find(Participant.of(member), id).map(_ -> {
                    answers.tryAgain(Participant.of(member), id);
                    answers.await(Participant.of(member), id, PATIENCE);
                    return Html.seeOther(pathOf(member, id));
                }));
    }

    /// A file of one of the user's own conversations.
    @GET
    @Path("files/{attachmentId}")
    public Response file(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("attachmentId") String attachmentId) {
        return at.member(
                call,
                shortPath,
                member -> Uuids.parse(attachmentId)
                        .flatMap(id -> attachments.find(Participant.of(member), id))
                        .flatMap(files::answer)
                        .orElseGet(() -> pages.missing(call, member)));
    }

    @GET
    @Path("chat/{conversationId}/rename")
    public Response askForName(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("conversationId") String conversationId) {
        return pages.on(
                call,
                shortPath,
                conversationId,
                (member, id) -> conversations
                        .find(Participant.of(member), id)
                        .map(found -> Html.ok(renaming(call, member, id, found.title(), Optional.empty()))));
    }

    @POST
    @Path("chat/{conversationId}/rename")
    public Response rename(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("conversationId") String conversationId,
            @FormParam("title") @DefaultValue("") String title) {
        return pages.on(call, shortPath, conversationId, (member, id) -> switch (conversations.name(
                Participant.of(member), id, title)) {
            case Outcome.Done<Conversation> _ -> Optional.of(Html.seeOther(pathOf(member, id)));
            case Outcome.Refused<Conversation>(Refusal.Rejected rejected) -> {
                var problem = new FormProblem(
                        "The name wasn’t saved.", rejected.first().userMessage() + ".");
                yield Optional.of(Html.invalid(renaming(call, member, id, title, Optional.of(problem))));
            }
            case Outcome.Refused<Conversation> _ -> Optional.empty();
        });
    }

    private RenameConversationPage renaming(
            Call call, Member member, ConversationId id, String title, Optional<FormProblem> problem) {
        return new RenameConversationPage(
                at.door(call, member.workspace(), "Rename conversation").inEnglish(), id.toString(), title, problem);
    }

    @GET
    @Path("chat/{conversationId}/delete")
    public Response askToDelete(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("conversationId") String conversationId) {
        return pages.on(
                call,
                shortPath,
                conversationId,
                (member, id) -> conversations
                        .find(Participant.of(member), id)
                        .map(found -> Html.ok(new DeleteConversationPage(
                                at.door(call, member.workspace(), "Delete conversation")
                                        .inEnglish(),
                                id.toString(),
                                found.title(),
                                Words.count(found.messages(), "message", "messages")))));
    }

    @POST
    @Path("chat/{conversationId}/delete")
    public Response delete(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("conversationId") String conversationId) {
        return pages.on(
                call,
                shortPath,
                conversationId,
                (member, id) -> conversations.delete(Participant.of(member), id)
                        ? Optional.of(Html.seeOther(WorkspacePageGuard.pathOf(member.workspace()) + "/chat"))
                        : Optional.empty());
    }
}
