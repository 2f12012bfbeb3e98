package dev.banyan.workspaces.chat;

import dev.banyan.platform.Digests;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.ConversationCursor;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/// The chat as pages and forms. `ui/chat.js` adds live updates over [ChatSocket], but everything works without it.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class ChatPageResource {

    private static final int LISTED = 50;
    private static final int LONGEST_SEARCH = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// What a page shows of the conversations.
    ///
    /// @param part empty for a conversation that hasn't started
    /// @param view `thread` or `list`: the pane shown on phones
    /// @param draft text that couldn't be sent
    private record ViewState(
            Optional<Part> part,
            String view,
            String search,
            Optional<ConversationCursor> older,
            String draft,
            Optional<FormProblem> problem) {

        static ViewState of(Optional<Part> part) {
            return new ViewState(part, "thread", "", Optional.empty(), "", Optional.empty());
        }
    }

    /// A message from a form.
    ///
    /// @param kept ids of files uploaded earlier
    private record Typed(String key, String message, List<String> kept, List<FileUpload> files) {}

    private final WorkspacePageGuard at;
    private final Conversations conversations;
    private final ChatAnswers answers;
    private final Attachments attachments;
    private final AttachmentAnswers files;
    private final RateLimits limits;
    private final Settings settings;

    ChatPageResource(
            WorkspacePageGuard at,
            Conversations conversations,
            ChatAnswers answers,
            Attachments attachments,
            AttachmentAnswers files,
            RateLimits limits,
            Settings settings) {
        this.at = at;
        this.conversations = conversations;
        this.answers = answers;
        this.attachments = attachments;
        this.files = files;
        this.limits = limits;
        this.settings = settings;
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
            return Html.ok(page(
                    call,
                    member,
                    new ViewState(
                            part,
                            view.equals("list") ? "list" : "thread",
                            cut(search),
                            ConversationCursor.parse(older),
                            "",
                            Optional.empty())));
        });
    }

    @GET
    @Path("chat/new")
    public Response blank(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.member(call, shortPath, member -> Html.ok(page(call, member, ViewState.of(Optional.empty()))));
    }

    /// @param after shows the messages after this position; absent shows the end
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
                    .map(part -> Html.ok(page(call, member, ViewState.of(Optional.of(part)))))
                    .orElseGet(() -> missing(call, member));
        });
    }

    private Response missing(Call call, Member member) {
        return Html.answer(
                404, new ConversationMissingPage(at.door(call, member.workspace(), "Conversation not found")));
    }

    private static String cut(String search) {
        String text = search.strip();
        return text.codePointCount(0, text.length()) <= LONGEST_SEARCH
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_SEARCH));
    }

    @POST
    @Path("chat")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response begin(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("key") @DefaultValue("") String key,
            @FormParam("message") @DefaultValue("") String message) {
        var typed = new Typed(key, message, List.of(), List.of());
        return at.member(call, shortPath, member -> post(call, member, Optional.empty(), typed));
    }

    @POST
    @Path("chat/{conversationId}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response goOn(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("conversationId") String conversationId,
            @FormParam("key") @DefaultValue("") String key,
            @FormParam("message") @DefaultValue("") String message) {
        return goOn(call, shortPath, conversationId, new Typed(key, message, List.of(), List.of()));
    }

    /// The same with files.
    @POST
    @Path("chat")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response beginWithFiles(
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
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response goOnWithFiles(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("conversationId") String conversationId,
            @RestForm("key") @DefaultValue("") String key,
            @RestForm("message") @DefaultValue("") String message,
            @RestForm("attachment") List<String> kept,
            @RestForm("file") List<FileUpload> brought) {
        return goOn(call, shortPath, conversationId, new Typed(key, message, kept, brought));
    }

    private Response goOn(Call call, String shortPath, String conversationId, Typed typed) {
        return at.member(
                call,
                shortPath,
                member -> ConversationId.parse(conversationId)
                        .map(id -> post(call, member, Optional.of(id), typed))
                        .orElseGet(() -> missing(call, member)));
    }

    private Response post(Call call, Member member, Optional<ConversationId> id, Typed typed) {
        Participant whose = Participant.of(member);
        Optional<Duration> wait = limits.take(RateLimit.CHAT_MESSAGES_BY_USER, whose.name());
        if (wait.isPresent()) {
            var problem = new FormProblem("Too many messages.", "Wait a minute and send again.");
            return Html.retryAfter(wait.get(), refused(call, member, id, typed.message(), 429, problem));
        }
        // Browsers send an empty part if no file was chosen.
        List<FileUpload> brought = typed.files().stream()
                .filter(file -> file.fileName() != null && !file.fileName().isEmpty())
                .toList();
        if (!brought.isEmpty() && id.isEmpty() && !Conversations.isKey(typed.key())) {
            return refused(
                    call, member, id, typed.message(), 422, new FormProblem("This was not sent.", "Send it again."));
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
                    return missing(call, member);
                }
                case Attachments.StoreResult.Refused refused -> {
                    return refused(
                            call,
                            member,
                            place,
                            typed.message(),
                            422,
                            new FormProblem(
                                    "This was not sent.", refused.invalid().userMessage() + "."));
                }
                case Attachments.StoreResult.StorageFull full -> {
                    return refused(
                            call,
                            member,
                            place,
                            typed.message(),
                            422,
                            new FormProblem("This was not sent.", AttachmentsResource.full(full) + "."));
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
            case Posted.NotFound _ -> missing(call, member);
            case Posted.Rejected rejected ->
                refused(
                        call,
                        member,
                        id,
                        typed.message(),
                        422,
                        new FormProblem("This was not sent.", rejected.invalid().userMessage() + "."));
            case Posted.Full _ ->
                refused(
                        call,
                        member,
                        id,
                        typed.message(),
                        422,
                        new FormProblem("This conversation is full.", "Begin a new one."));
        };
    }

    private static String pathOf(Member member, ConversationId id) {
        return WorkspacePageGuard.pathOf(member.workspace()) + "/chat/" + id;
    }

    private Response refused(
            Call call, Member member, Optional<ConversationId> id, String draft, int status, FormProblem problem) {
        Optional<Part> part = id.flatMap(known -> conversations.readEnd(Participant.of(member), known));
        return Html.answer(
                status,
                page(call, member, new ViewState(part, "thread", "", Optional.empty(), draft, Optional.of(problem))));
    }

    /// Retries a failed answer.
    @POST
    @Path("chat/{conversationId}/retry")
    public Response tryAgain(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("conversationId") String conversationId) {
        return at.member(
                call,
                shortPath,
                member -> ConversationId.parse(conversationId)
                        .filter(id ->
                                conversations.find(Participant.of(member), id).isPresent())
                        .map(id -> {
                            answers.tryAgain(Participant.of(member), id);
                            answers.await(Participant.of(member), id, PATIENCE);
                            return Html.seeOther(pathOf(member, id));
                        })
                        .orElseGet(() -> missing(call, member)));
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
                        .orElseGet(() -> missing(call, member)));
    }

    @GET
    @Path("chat/{conversationId}/rename")
    public Response askForName(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("conversationId") String conversationId) {
        return at.member(
                call,
                shortPath,
                member -> ConversationId.parse(conversationId)
                        .flatMap(id -> conversations.find(Participant.of(member), id))
                        .map(conversation -> Html.ok(
                                renaming(call, member, conversation.id(), conversation.title(), Optional.empty())))
                        .orElseGet(() -> missing(call, member)));
    }

    @POST
    @Path("chat/{conversationId}/rename")
    public Response rename(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("conversationId") String conversationId,
            @FormParam("title") @DefaultValue("") String title) {
        return at.member(
                call,
                shortPath,
                member -> ConversationId.parse(conversationId)
                        .map(id -> switch (conversations.name(Participant.of(member), id, title)) {
                            case Conversations.Named.Done _ -> Html.seeOther(pathOf(member, id));
                            case Conversations.Named.NotFound _ -> missing(call, member);
                            case Conversations.Named.Rejected rejected ->
                                Html.invalid(renaming(
                                        call,
                                        member,
                                        id,
                                        title,
                                        Optional.of(new FormProblem(
                                                "This name was not saved.",
                                                rejected.invalid().userMessage() + "."))));
                        })
                        .orElseGet(() -> missing(call, member)));
    }

    private RenameConversationPage renaming(
            Call call, Member member, ConversationId id, String title, Optional<FormProblem> problem) {
        return new RenameConversationPage(
                at.door(call, member.workspace(), "Rename conversation"), id.toString(), title, problem);
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
                        .map(_ -> Html.seeOther(WorkspacePageGuard.pathOf(member.workspace()) + "/chat"))
                        .orElseGet(() -> missing(call, member)));
    }

    private ChatPage page(Call call, Member member, ViewState shown) {
        Participant whose = Participant.of(member);
        Optional<Conversation> conversation = shown.part().map(Part::conversation);
        String title = conversation.map(Conversation::title).orElse(Conversation.NEW);
        String id = conversation.map(found -> found.id().toString()).orElse("");
        List<Message> messages = shown.part().map(Part::messages).orElse(List.of());
        long first = messages.isEmpty() ? 1 : messages.getFirst().position();
        long last = messages.isEmpty() ? 0 : messages.getLast().position();
        var listed = conversations.search(whose, shown.search(), shown.older(), LISTED);
        return new ChatPage(
                at.door(call, member.workspace(), title),
                at.shell(call, member, WorkspaceMenu.CHAT, title),
                title,
                shown.view(),
                id,
                conversation.map(Conversation::handedOver).orElse(false),
                first,
                last,
                shown.search(),
                listed.conversations().stream()
                        .map(entry -> ChatPage.Entry.of(entry, id))
                        .toList(),
                listed.next().map(next -> older(next, shown.search())),
                shown.part().map(ChatPageResource::lines).orElse(List.of()),
                Optional.of(Math.max(0, first - 1 - Conversations.PORTION)).filter(_ -> first > 1),
                Optional.of(last).filter(_ -> shown.part().map(Part::more).orElse(false)),
                conversation.map(found -> answers.isWriting(whose, found.id())).orElse(false),
                Digests.newToken(),
                shown.draft(),
                conversation.stream()
                        .flatMap(found -> attachments.waiting(whose, found.id()).stream())
                        .map(ChatPage.File::of)
                        .toList(),
                settings.attachmentBytes(),
                shown.problem());
    }

    private static List<ChatPage.Line> lines(Part part) {
        return part.messages().stream()
                .map(message -> ChatPage.Line.of(
                        message,
                        part.attachments().getOrDefault(message.id(), List.of()),
                        message.position() == part.conversation().messages()))
                .toList();
    }

    private static String older(ConversationCursor next, String search) {
        return "view=list&older=" + next
                + (search.isEmpty() ? "" : "&search=" + URLEncoder.encode(search, StandardCharsets.UTF_8));
    }
}
