package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.InMenu;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard.MemberPage;
import dev.banyan.workspaces.chat.AttachmentAnswers;
import dev.banyan.workspaces.chat.Attachments;
import dev.banyan.workspaces.inbox.InboxPages.ListFilter;
import dev.banyan.workspaces.inbox.InboxReplies.Sent;
import dev.banyan.workspaces.inbox.InboxThreadPages.ThreadRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/// The shared inbox as pages, with the replies, notes and first messages written there. `ui/inbox.js` adds live
/// updates over [InboxSocket], but everything works without it. [InboxActsResource] has all other forms.
@Path("/s/{shortPath}")
@RunOnVirtualThread
@InMenu(WorkspaceMenu.INBOX)
class InboxPageResource {

    private static final FormProblem TOO_MANY = new FormProblem("Too many messages.", "Wait a minute and send again.");

    private final InboxThreadPages threads;
    private final Inbox inbox;
    private final AttachmentAnswers fileAnswers;
    private final InboxReplies replies;
    private final Attachments attachments;
    private final RateLimits limits;

    InboxPageResource(
            InboxThreadPages threads,
            Inbox inbox,
            AttachmentAnswers fileAnswers,
            InboxReplies replies,
            Attachments attachments,
            RateLimits limits) {
        this.threads = threads;
        this.inbox = inbox;
        this.fileAnswers = fileAnswers;
        this.replies = replies;
        this.attachments = attachments;
        this.limits = limits;
    }

    @GET
    @Path("inbox")
    public Response list(@Context MemberPage page, @BeanParam InboxFilters filters) {
        return threads.show(
                200,
                page,
                new ListFilter(
                        filters.query(),
                        Optional.empty(),
                        Optional.empty(),
                        "list",
                        ListFilter.nothing(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /// @param before shows the messages before this position; absent shows the end
    /// @param pane `details` shows the contact on phones
    /// @param reply the message that is being answered
    @GET
    @Path("inbox/{threadId}")
    public Response thread(
            @Context ThreadRequest thread,
            @BeanParam InboxFilters filters,
            @QueryParam("before") @DefaultValue("") String before,
            @QueryParam("pane") @DefaultValue("") String pane,
            @QueryParam("reply") @DefaultValue("") String reply) {
        return threads.show(
                200,
                thread.page(),
                new ListFilter(
                        filters.query(),
                        Optional.of(thread.id()),
                        before.matches("[0-9]{1,9}") ? Optional.of(Long.valueOf(before)) : Optional.empty(),
                        pane.equals("details") ? "details" : InboxThreadPages.PANE,
                        ListFilter.nothing(),
                        Optional.empty(),
                        Uuids.parse(reply)));
    }

    @GET
    @Path("inbox/{threadId}/files/{fileId}")
    public Response file(@Context ThreadRequest thread, @PathParam("fileId") String fileId) {
        Member member = thread.member();
        return Optional.of(fileId)
                .filter(_ -> inbox.has(member, thread.id()))
                .flatMap(file -> fileAnswers.answer(thread.page().call(), member, thread.id(), file))
                .orElseThrow(thread::missing);
    }

    /// The form for a first message to a number.
    @GET
    @Path("inbox/new")
    public Response blank(@Context MemberPage page) {
        return threads.show(200, page, beginning(new InboxPage.Begun("", "", Digests.newToken(), Optional.empty())));
    }

    private static ListFilter beginning(InboxPage.Begun begun) {
        return new ListFilter(
                InboxFilters.nothing(),
                Optional.empty(),
                Optional.empty(),
                InboxThreadPages.PANE,
                ListFilter.nothing(),
                Optional.of(begun),
                Optional.empty());
    }

    @POST
    @Path("inbox/new")
    public Response begin(
            @Context MemberPage page,
            @FormParam("key") @DefaultValue("") String key,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("message") @DefaultValue("") String message) {
        Optional<Duration> wait = wait(page);
        Sent sent = wait.isEmpty() ? replies.begin(page.member(), phone, key, message) : new Sent.Full();
        Response answer = sent instanceof Sent.Done done
                ? InboxThreadPages.to(page, done.thread().toString(), "")
                : threads.show(
                        mayNot(sent) ? 429 : 422,
                        page,
                        beginning(new InboxPage.Begun(phone, message, Digests.newToken(), Optional.of(problem(sent)))));
        return wait.map(time -> Html.retryAfter(time, answer)).orElse(answer);
    }

    private static boolean mayNot(Sent sent) {
        return sent instanceof Sent.Full;
    }

    /// Counts a message, and returns how long to wait if there were too many.
    private Optional<Duration> wait(MemberPage page) {
        return limits.take(RateLimit.INBOX_MESSAGES_BY_USER, page.participant().name());
    }

    /// The input below a thread.
    private record Typed(String key, boolean note, String message, List<FileUpload> files, Optional<UUID> replyTo) {

        /// Returns a message for each file. Each has a key of its own, the same when all of it is sent again.
        List<Typed> apart() {
            return files.size() < 2
                    ? List.of(this)
                    : IntStream.range(0, files.size())
                            .mapToObj(i -> new Typed(
                                    i == 0 ? key : key + "-" + i, note, message, List.of(files.get(i)), replyTo))
                            .toList();
        }

        Typed withoutWords() {
            return new Typed(key, note, "", files, Optional.empty());
        }

        String names() {
            return files.stream().map(FileUpload::fileName).collect(Collectors.joining(", "));
        }
    }

    /// @param kind `reply` or `note`
    @POST
    @Path("inbox/{threadId}")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    public Response write(
            @Context ThreadRequest thread,
            @BeanParam InboxFilters filters,
            @RestForm("key") @DefaultValue("") String key,
            @RestForm("kind") @DefaultValue("reply") String kind,
            @RestForm("message") @DefaultValue("") String message,
            @RestForm("replyTo") @DefaultValue("") String replyTo,
            @RestForm("file") List<FileUpload> brought) {
        // Browsers send an empty part if no file was chosen.
        List<FileUpload> files = brought.stream()
                .filter(file -> file.fileName() != null && !file.fileName().isEmpty())
                .toList();
        var typed = new Typed(key, kind.equals("note"), message, files, Uuids.parse(replyTo));
        return write(thread.page(), thread.id(), filters.query(), typed);
    }

    /// Sends each file as a message of its own, in order, the text with the first that goes. Those that are refused
    /// keep none of the others.
    private Response write(MemberPage page, ConversationId id, ThreadQuery query, Typed typed) {
        if (!typed.files().isEmpty() && !inbox.has(page.member(), id)) {
            throw InboxThreadPages.missing(page);
        }
        List<Typed> messages = typed.apart();
        var problems = new ArrayList<String>();
        boolean wordsWait = true;
        for (Typed one : messages) {
            Typed next = wordsWait ? one : one.withoutWords();
            Optional<Duration> wait = wait(page);
            if (wait.isPresent()) {
                return Html.retryAfter(wait.get(), threads.refuse(page, id, query, 429, draft(next, TOO_MANY)));
            }
            Optional<FormProblem> why = send(page, id, next);
            if (why.isPresent() && messages.size() == 1) {
                return threads.refuse(page, id, query, 422, draft(next, why.get()));
            }
            why.ifPresent(problem -> problems.add("“" + one.names() + "”: " + problem.text()));
            wordsWait = wordsWait && why.isPresent();
        }
        if (problems.isEmpty()) {
            return InboxThreadPages.to(page, id.toString(), InboxPages.filters(query));
        }
        var problem = new FormProblem(
                problems.size() + " of " + messages.size() + " files weren’t sent.", String.join(" ", problems));
        return threads.refuse(page, id, query, 422, draft(wordsWait ? typed : typed.withoutWords(), problem));
    }

    /// @return why it wasn’t sent
    private Optional<FormProblem> send(MemberPage page, ConversationId id, Typed typed) {
        Member member = page.member();
        var files = new ArrayList<UUID>();
        for (FileUpload file : typed.files()) {
            Optional<String> why = keep(member, id, file, files);
            if (why.isPresent()) {
                return why.map(text -> new FormProblem("Message not sent.", text));
            }
        }
        Sent sent = typed.note()
                ? replies.note(member, id, typed.key(), typed.message(), files)
                : replies.reply(member, id, typed.key(), typed.message(), files, typed.replyTo());
        return switch (sent) {
            case Sent.Done _ -> Optional.empty();
            case Sent.NotFound _ -> throw InboxThreadPages.missing(page);
            case Sent.Rejected _, Sent.NoNumber _, Sent.Full _ -> Optional.of(problem(sent));
        };
    }

    /// @param kept receives the file's id
    /// @return why it was refused
    private Optional<String> keep(Member member, ConversationId id, FileUpload file, List<UUID> kept) {
        return switch (attachments.keep(
                member.owner().tenant(),
                member.workspace().id(),
                id,
                Optional.of(member.user().id()),
                file.fileName(),
                file.uploadedFile())) {
            case Attachments.StoreResult.Done done -> {
                kept.add(done.attachment().id());
                yield Optional.empty();
            }
            case Attachments.StoreResult.NotFound _ -> Optional.of("This conversation was deleted.");
            case Attachments.StoreResult.Refused refused ->
                Optional.of(refused.invalid().userMessage() + ".");
            case Attachments.StoreResult.StorageFull full ->
                Optional.of("This workspace can store up to " + full.megabytes() + " MB of files.");
        };
    }

    private static InboxPage.Draft draft(Typed typed, FormProblem problem) {
        return new InboxPage.Draft(
                Digests.newToken(),
                typed.message(),
                typed.note(),
                typed.replyTo().map(id -> new InboxPage.Answered(id.toString(), "")),
                Optional.of(problem),
                false);
    }

    private static FormProblem problem(Sent sent) {
        return switch (sent) {
            case Sent.Rejected rejected ->
                new FormProblem("Message not sent.", rejected.invalid().userMessage() + ".");
            case Sent.NoNumber _ ->
                new FormProblem(
                        "This workspace has no WhatsApp number.", "Link a number first. Your message is still here.");
            case Sent.Full _ -> TOO_MANY;
            case Sent.Done _, Sent.NotFound _ -> new FormProblem("Message not sent.", "Try again.");
        };
    }
}
