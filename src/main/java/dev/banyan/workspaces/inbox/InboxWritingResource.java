package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import dev.banyan.workspaces.chat.Attachments;
import dev.banyan.workspaces.inbox.InboxPages.ListFilter;
import dev.banyan.workspaces.inbox.InboxReplies.Sent;
import dev.banyan.workspaces.inbox.InboxThreadPages.ThreadRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/// Replies, notes and first messages written in the pages of the inbox.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class InboxWritingResource {

    private static final FormProblem TOO_MANY = new FormProblem("Too many messages.", "Wait a minute and send again.");

    private final WorkspacePageGuard at;
    private final InboxThreadPages threads;
    private final Inbox inbox;
    private final InboxReplies replies;
    private final Attachments attachments;
    private final RateLimits limits;

    InboxWritingResource(
            WorkspacePageGuard at,
            InboxThreadPages threads,
            Inbox inbox,
            InboxReplies replies,
            Attachments attachments,
            RateLimits limits) {
        this.at = at;
        this.threads = threads;
        this.inbox = inbox;
        this.replies = replies;
        this.attachments = attachments;
        this.limits = limits;
    }

    /// The form for a first message to a number.
    @GET
    @Path("inbox/new")
    public Response blank(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.inbox(
                call,
                shortPath,
                member -> threads.show(
                        200,
                        call,
                        member,
                        beginning(new InboxPage.Begun("", "", Digests.newToken(), Optional.empty()))));
    }

    private static ListFilter beginning(InboxPage.Begun begun) {
        return new ListFilter(
                InboxFilters.nothing(),
                Optional.empty(),
                Optional.empty(),
                InboxThreadPages.PANE,
                ListFilter.nothing(),
                Optional.of(begun));
    }

    @POST
    @Path("inbox/new")
    public Response begin(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("key") @DefaultValue("") String key,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("message") @DefaultValue("") String message) {
        return at.inbox(call, shortPath, member -> {
            Optional<Duration> wait = wait(member);
            Sent sent = wait.isEmpty() ? replies.begin(member, phone, key, message) : new Sent.Full();
            Response answer = sent instanceof Sent.Done done
                    ? InboxThreadPages.to(member, done.thread().toString(), "")
                    : threads.show(
                            mayNot(sent) ? 429 : 422,
                            call,
                            member,
                            beginning(new InboxPage.Begun(
                                    phone, message, Digests.newToken(), Optional.of(problem(sent)))));
            return wait.map(time -> Html.retryAfter(time, answer)).orElse(answer);
        });
    }

    private static boolean mayNot(Sent sent) {
        return sent instanceof Sent.Full;
    }

    /// Counts a message, and returns how long to wait if there were too many.
    private Optional<Duration> wait(Member member) {
        return limits.take(
                RateLimit.INBOX_MESSAGES_BY_USER, Participant.of(member).name());
    }

    /// The input below a thread.
    private record Typed(String key, boolean note, String message, List<FileUpload> files, Optional<UUID> replyTo) {}

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
        return write(thread.call(), thread.member(), thread.id(), filters.query(), typed);
    }

    private Response write(Call call, Member member, ConversationId id, ThreadQuery query, Typed typed) {
        Optional<Duration> wait = wait(member);
        if (wait.isPresent()) {
            return Html.retryAfter(wait.get(), threads.refuse(call, member, id, query, 429, draft(typed, TOO_MANY)));
        }
        if (!typed.files().isEmpty() && !inbox.has(member, id)) {
            return threads.missing(call, member);
        }
        var files = new ArrayList<UUID>();
        for (FileUpload file : typed.files()) {
            Optional<String> why = keep(member, id, file, files);
            if (why.isPresent()) {
                return threads.refuse(
                        call, member, id, query, 422, draft(typed, new FormProblem("Message not sent.", why.get())));
            }
        }
        Sent sent = typed.note()
                ? replies.note(member, id, typed.key(), typed.message(), files)
                : replies.reply(member, id, typed.key(), typed.message(), files, typed.replyTo());
        return switch (sent) {
            case Sent.Done _ -> InboxThreadPages.to(member, id.toString(), InboxPages.filters(query));
            case Sent.NotFound _ -> threads.missing(call, member);
            case Sent.Rejected _, Sent.NoNumber _, Sent.Full _ ->
                threads.refuse(call, member, id, query, 422, draft(typed, problem(sent)));
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
                Optional.of(problem));
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
