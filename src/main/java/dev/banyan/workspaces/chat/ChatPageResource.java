package dev.banyan.workspaces.chat;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.ConversationCursor;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.access.WorkspacePageGuard.MemberPage;
import dev.banyan.workspaces.chat.ChatPages.ConversationRequest;
import dev.banyan.workspaces.chat.ChatPages.Shown;
import dev.banyan.workspaces.chat.Conversations.Part;
import dev.banyan.workspaces.chat.Conversations.Posted;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
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

    private final ChatPages pages;
    private final Conversations conversations;
    private final ChatAnswers answers;
    private final Attachments attachments;
    private final AttachmentAnswers files;
    private final RateLimits limits;

    ChatPageResource(
            ChatPages pages,
            Conversations conversations,
            ChatAnswers answers,
            Attachments attachments,
            AttachmentAnswers files,
            RateLimits limits) {
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
            @Context MemberPage page,
            @QueryParam("view") @DefaultValue("thread") String view,
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("older") @DefaultValue("") String older) {
        Participant whose = page.participant();
        Optional<Part> part =
                conversations.latest(whose).flatMap(conversation -> conversations.readEnd(whose, conversation.id()));
        return pages.show(
                200,
                page,
                new Shown(
                        part,
                        view.equals("list") ? "list" : "thread",
                        ChatPages.cut(search),
                        ConversationCursor.parse(older),
                        "",
                        Optional.empty()));
    }

    @GET
    @Path("chat/new")
    public Response blank(@Context MemberPage page) {
        return pages.show(200, page, Shown.of(Optional.empty()));
    }

    /// @param after shows the messages after this position; absent shows the end
    @GET
    @Path("chat/{conversationId}")
    public Response conversation(
            @Context ConversationRequest conversation, @QueryParam("after") @DefaultValue("") String after) {
        Part part = (after.matches("[0-9]{1,9}")
                        ? conversations.read(conversation.participant(), conversation.id(), Long.parseLong(after))
                        : conversations.readEnd(conversation.participant(), conversation.id()))
                .orElseThrow(conversation::missing);
        return pages.show(200, conversation.page(), Shown.of(Optional.of(part)));
    }

    /// @param kept ids of files uploaded earlier
    @POST
    @Path("chat")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    public Response begin(
            @Context MemberPage page,
            @RestForm("key") @DefaultValue("") String key,
            @RestForm("message") @DefaultValue("") String message,
            @RestForm("attachment") List<String> kept,
            @RestForm("file") List<FileUpload> brought) {
        var typed = new Typed(key, message, kept, brought);
        return post(page, Optional.empty(), typed);
    }

    @POST
    @Path("chat/{conversationId}")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    public Response goOn(
            @Context ConversationRequest conversation,
            @RestForm("key") @DefaultValue("") String key,
            @RestForm("message") @DefaultValue("") String message,
            @RestForm("attachment") List<String> kept,
            @RestForm("file") List<FileUpload> brought) {
        return post(conversation.page(), Optional.of(conversation.id()), new Typed(key, message, kept, brought));
    }

    private Response post(MemberPage page, Optional<ConversationId> id, Typed typed) {
        Participant whose = page.participant();
        Optional<Duration> wait = limits.take(RateLimit.CHAT_MESSAGES_BY_USER, whose.name());
        if (wait.isPresent()) {
            var problem = new FormProblem("Too many messages.", "Wait a minute and send again.");
            return Html.retryAfter(wait.get(), pages.refuse(429, page, id, typed.message(), problem));
        }
        // Browsers send an empty part if no file was chosen.
        List<FileUpload> brought = typed.files().stream()
                .filter(file -> file.fileName() != null && !file.fileName().isEmpty())
                .toList();
        if (!brought.isEmpty() && id.isEmpty() && !Conversations.isKey(typed.key())) {
            return notSent(page, id, typed, "Send it again.");
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
                    throw ChatPages.missing(page);
                }
                case Attachments.StoreResult.Refused refused -> {
                    return notSent(page, place, typed, refused.invalid().userMessage() + ".");
                }
                case Attachments.StoreResult.StorageFull full -> {
                    return notSent(page, place, typed, AttachmentsResource.full(full) + ".");
                }
            }
        }
        return post(page, place, typed, ready);
    }

    private Response post(MemberPage page, Optional<ConversationId> id, Typed typed, List<UUID> ready) {
        Participant whose = page.participant();
        return switch (conversations.post(whose, id, typed.key(), typed.message(), ready)) {
            case Posted.Done done -> {
                ConversationId to = done.conversation().id();
                answers.await(whose, to, PATIENCE);
                yield page.to("/chat/" + to);
            }
            case Posted.NotFound _ -> throw ChatPages.missing(page);
            case Posted.Rejected rejected ->
                notSent(page, id, typed, rejected.invalid().userMessage() + ".");
            case Posted.Full _ ->
                pages.refuse(
                        422,
                        page,
                        id,
                        typed.message(),
                        new FormProblem("This conversation is full.", "Start a new conversation."));
        };
    }

    private Response notSent(MemberPage page, Optional<ConversationId> id, Typed typed, String why) {
        return pages.refuse(422, page, id, typed.message(), new FormProblem("Message not sent.", why));
    }

    /// Retries a failed answer.
    @POST
    @Path("chat/{conversationId}/retry")
    public Response tryAgain(@Context ConversationRequest conversation) {
        find(conversation);
        answers.tryAgain(conversation.participant(), conversation.id());
        answers.await(conversation.participant(), conversation.id(), PATIENCE);
        return conversation.done();
    }

    private Conversation find(ConversationRequest conversation) {
        return conversations.find(conversation.participant(), conversation.id()).orElseThrow(conversation::missing);
    }

    /// A file of one of the user's own conversations.
    @GET
    @Path("files/{attachmentId}")
    public Response file(@Context MemberPage page, @PathParam("attachmentId") String attachmentId) {
        return Uuids.parse(attachmentId)
                .flatMap(id -> attachments.find(page.participant(), id))
                .flatMap(file -> files.answer(page.call(), file))
                .orElseThrow(() -> ChatPages.missing(page));
    }

    @GET
    @Path("chat/{conversationId}/rename")
    public Response askForName(@Context ConversationRequest conversation) {
        return Html.ok(renaming(conversation, find(conversation).title(), Optional.empty()));
    }

    @POST
    @Path("chat/{conversationId}/rename")
    public Response rename(
            @Context ConversationRequest conversation, @FormParam("title") @DefaultValue("") String title) {
        Outcome<Conversation> named = conversations.name(conversation.participant(), conversation.id(), title);
        if (named instanceof Outcome.Refused<Conversation>(Refusal.Rejected rejected)) {
            var problem =
                    new FormProblem("The name wasn’t saved.", rejected.first().userMessage() + ".");
            return Html.invalid(renaming(conversation, title, Optional.of(problem)));
        }
        named.orElseThrow(_ -> conversation.missing());
        return conversation.done();
    }

    private static RenameConversationPage renaming(
            ConversationRequest conversation, String title, Optional<FormProblem> problem) {
        return new RenameConversationPage(
                conversation.page().door("Rename conversation").inEnglish(),
                conversation.id().toString(),
                title,
                problem);
    }

    @GET
    @Path("chat/{conversationId}/delete")
    public Response askToDelete(@Context ConversationRequest conversation) {
        Conversation found = find(conversation);
        return Html.ok(new DeleteConversationPage(
                conversation.page().door("Delete conversation").inEnglish(),
                conversation.id().toString(),
                found.title(),
                Words.count(found.messages(), "message", "messages")));
    }

    @POST
    @Path("chat/{conversationId}/delete")
    public Response delete(@Context ConversationRequest conversation) {
        if (!conversations.delete(conversation.participant(), conversation.id())) {
            throw conversation.missing();
        }
        return conversation.page().to("/chat");
    }
}
