package dev.banyan.workspaces;

import dev.banyan.platform.Digests;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Html;
import dev.banyan.workspaces.Conversations.Cursor;
import dev.banyan.workspaces.Inbox.Changed;
import dev.banyan.workspaces.InboxPages.Looking;
import dev.banyan.workspaces.InboxReplies.Sent;
import dev.banyan.workspaces.ThreadQuery.View;
import dev.banyan.workspaces.WorkspaceActor.Member;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/// The shared inbox as pages and forms. `ui/inbox.js` sends the same forms and shows what is new, told by
/// [InboxSocket]; nothing needs it.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class InboxPageResource {

    private static final int LISTED = 50;
    private static final String THREAD = "thread";
    private static final FormProblem TOO_MANY = new FormProblem("Too many messages.", "Wait a minute and send again.");

    private final AtWorkspace at;
    private final InboxPages pages;
    private final Inbox inbox;
    private final InboxReplies replies;
    private final Attachments attachments;
    private final AttachmentAnswers fileAnswers;
    private final RateLimits limits;

    InboxPageResource(
            AtWorkspace at,
            InboxPages pages,
            Inbox inbox,
            InboxReplies replies,
            Attachments attachments,
            AttachmentAnswers fileAnswers,
            RateLimits limits) {
        this.at = at;
        this.pages = pages;
        this.inbox = inbox;
        this.replies = replies;
        this.attachments = attachments;
        this.fileAnswers = fileAnswers;
        this.limits = limits;
    }

    @GET
    @Path("inbox")
    public Response list(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @QueryParam("list") @DefaultValue("") String list,
            @QueryParam("tag") @DefaultValue("") String tag,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("older") @DefaultValue("") String older) {
        return at.member(
                call,
                shortPath,
                member -> shown(
                        200,
                        call,
                        member,
                        new Looking(
                                query(list, tag, search, older),
                                Optional.empty(),
                                Optional.empty(),
                                "list",
                                Looking.nothing(),
                                Optional.empty())));
    }

    /// A form to write to a number that has not written yet.
    @GET
    @Path("inbox/new")
    public Response blank(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.member(
                call,
                shortPath,
                member -> shown(
                        200,
                        call,
                        member,
                        beginning(new InboxPage.Begun("", "", Digests.newToken(), Optional.empty()))));
    }

    private static Looking beginning(InboxPage.Begun begun) {
        return new Looking(
                ThreadQuery.of(View.OPEN, LISTED),
                Optional.empty(),
                Optional.empty(),
                THREAD,
                Looking.nothing(),
                Optional.of(begun));
    }

    /// @param before shows what comes before this position; absent shows the end
    /// @param pane `details` shows a phone whom it is with
    @GET
    @Path("inbox/{threadId}")
    public Response thread(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @QueryParam("list") @DefaultValue("") String list,
            @QueryParam("tag") @DefaultValue("") String tag,
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("older") @DefaultValue("") String older,
            @QueryParam("before") @DefaultValue("") String before,
            @QueryParam("pane") @DefaultValue("") String pane) {
        return at.member(
                call,
                shortPath,
                member -> ConversationId.parse(threadId)
                        .map(id -> shown(
                                200,
                                call,
                                member,
                                new Looking(
                                        query(list, tag, search, older),
                                        Optional.of(id),
                                        before.matches("[0-9]{1,9}")
                                                ? Optional.of(Long.valueOf(before))
                                                : Optional.empty(),
                                        pane.equals("details") ? "details" : THREAD,
                                        Looking.nothing(),
                                        Optional.empty())))
                        .orElseGet(() -> missing(call, member)));
    }

    @POST
    @Path("inbox/new")
    public Response begin(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("key") @DefaultValue("") String key,
            @FormParam("phone") @DefaultValue("") String phone,
            @FormParam("message") @DefaultValue("") String message) {
        return at.member(call, shortPath, member -> {
            Sent sent = mayWrite(member) ? replies.begin(member, phone, key, message) : new Sent.Full();
            return sent instanceof Sent.Done done
                    ? to(member, done.thread().toString(), "")
                    : shown(
                            mayNot(sent) ? 429 : 422,
                            call,
                            member,
                            beginning(new InboxPage.Begun(
                                    phone, message, Digests.newToken(), Optional.of(problem(sent)))));
        });
    }

    private static boolean mayNot(Sent sent) {
        return sent instanceof Sent.Full;
    }

    private boolean mayWrite(Member member) {
        return limits.take(
                        RateLimit.INBOX_MESSAGES_BY_USER, Participant.of(member).name())
                .isEmpty();
    }

    /// What somebody wrote below a thread.
    private record Typed(String key, boolean note, String message, List<FileUpload> files) {}

    /// @param kind `reply` or `note`
    @POST
    @Path("inbox/{threadId}")
    public Response write(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @QueryParam("list") @DefaultValue("") String list,
            @QueryParam("tag") @DefaultValue("") String tag,
            @QueryParam("q") @DefaultValue("") String search,
            @FormParam("key") @DefaultValue("") String key,
            @FormParam("kind") @DefaultValue("reply") String kind,
            @FormParam("message") @DefaultValue("") String message) {
        var typed = new Typed(key, kind.equals("note"), message, List.of());
        return onThread(
                call,
                shortPath,
                threadId,
                (member, id) -> write(call, member, id, query(list, tag, search, ""), typed));
    }

    /// The same with files.
    @POST
    @Path("inbox/{threadId}")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response writeWithFiles(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @QueryParam("list") @DefaultValue("") String list,
            @QueryParam("tag") @DefaultValue("") String tag,
            @QueryParam("q") @DefaultValue("") String search,
            @RestForm("key") @DefaultValue("") String key,
            @RestForm("kind") @DefaultValue("reply") String kind,
            @RestForm("message") @DefaultValue("") String message,
            @RestForm("file") List<FileUpload> brought) {
        // Browsers send an empty part where no file was chosen.
        List<FileUpload> files = brought.stream()
                .filter(file -> file.fileName() != null && !file.fileName().isEmpty())
                .toList();
        var typed = new Typed(key, kind.equals("note"), message, files);
        return onThread(
                call,
                shortPath,
                threadId,
                (member, id) -> write(call, member, id, query(list, tag, search, ""), typed));
    }

    private Response write(Call call, Member member, ConversationId id, ThreadQuery query, Typed typed) {
        if (!mayWrite(member)) {
            return refused(call, member, id, query, 429, draft(typed, TOO_MANY));
        }
        if (!typed.files().isEmpty() && !inbox.has(member, id)) {
            return missing(call, member);
        }
        var files = new ArrayList<UUID>();
        for (FileUpload file : typed.files()) {
            Optional<String> why = keep(member, id, file, files);
            if (why.isPresent()) {
                return refused(
                        call, member, id, query, 422, draft(typed, new FormProblem("This was not sent.", why.get())));
            }
        }
        Sent sent = typed.note()
                ? replies.note(member, id, typed.key(), typed.message(), files)
                : replies.reply(member, id, typed.key(), typed.message(), files);
        return switch (sent) {
            case Sent.Done _ -> to(member, id.toString(), InboxPages.filters(query));
            case Sent.NotFound _ -> missing(call, member);
            case Sent.Rejected _, Sent.NoNumber _, Sent.Full _ ->
                refused(call, member, id, query, 422, draft(typed, problem(sent)));
        };
    }

    /// @param kept where its id is put
    /// @return why it is not kept
    private Optional<String> keep(Member member, ConversationId id, FileUpload file, List<UUID> kept) {
        return switch (attachments.keep(
                member.owner().tenant(),
                member.workspace().id(),
                id,
                Optional.of(member.user().id()),
                file.fileName(),
                file.uploadedFile())) {
            case Attachments.Kept.Done done -> {
                kept.add(done.attachment().id());
                yield Optional.empty();
            }
            case Attachments.Kept.NotFound _ -> Optional.of("The conversation is gone.");
            case Attachments.Kept.Refused refused ->
                Optional.of(refused.invalid().rule() + ".");
            case Attachments.Kept.StorageFull full ->
                Optional.of("This workspace keeps " + full.megabytes() + " MB of files at most.");
        };
    }

    private static InboxPage.Draft draft(Typed typed, FormProblem problem) {
        return new InboxPage.Draft(Digests.newToken(), typed.message(), typed.note(), Optional.of(problem));
    }

    /// @param decision `again` or `leave`
    @POST
    @Path("inbox/{threadId}/messages/{messageId}")
    public Response decide(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @PathParam("messageId") String messageId,
            @QueryParam("list") @DefaultValue("") String list,
            @QueryParam("tag") @DefaultValue("") String tag,
            @QueryParam("q") @DefaultValue("") String search,
            @FormParam("do") @DefaultValue("leave") String decision) {
        return onThread(
                call,
                shortPath,
                threadId,
                (member, id) -> Uuids.parse(messageId)
                        .filter(message -> replies.decide(
                                member,
                                id,
                                message,
                                decision.equals("again")
                                        ? InboxReplies.Decision.SEND_AGAIN
                                        : InboxReplies.Decision.LEAVE))
                        .map(_ -> to(member, id.toString(), InboxPages.filters(query(list, tag, search, ""))))
                        .orElseGet(() -> missing(call, member)));
    }

    @GET
    @Path("inbox/{threadId}/files/{fileId}")
    public Response file(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @PathParam("fileId") String fileId) {
        return onThread(
                call,
                shortPath,
                threadId,
                (member, id) -> Uuids.parse(fileId)
                        .filter(_ -> inbox.has(member, id))
                        .flatMap(file -> attachments.find(
                                member.owner().tenant(), member.workspace().id(), id, file))
                        .filter(file -> file.message().isPresent())
                        .flatMap(fileAnswers::answer)
                        .orElseGet(() -> missing(call, member)));
    }

    private Response refused(
            Call call, Member member, ConversationId id, ThreadQuery query, int status, InboxPage.Draft draft) {
        return shown(
                status,
                call,
                member,
                new Looking(query, Optional.of(id), Optional.empty(), THREAD, draft, Optional.empty()));
    }

    private static FormProblem problem(Sent sent) {
        return switch (sent) {
            case Sent.Rejected rejected ->
                new FormProblem("This was not sent.", rejected.invalid().rule() + ".");
            case Sent.NoNumber _ ->
                new FormProblem(
                        "This workspace has no WhatsApp number.", "Link one first. What you wrote is still here.");
            case Sent.Full _ -> TOO_MANY;
            case Sent.Done _, Sent.NotFound _ -> new FormProblem("This was not sent.", "Try again.");
        };
    }

    /// @param to a user's number, `me` or `nobody`
    @POST
    @Path("inbox/{threadId}/assign")
    public Response assign(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @QueryParam("list") @DefaultValue("") String list,
            @QueryParam("tag") @DefaultValue("") String tag,
            @QueryParam("q") @DefaultValue("") String search,
            @FormParam("to") @DefaultValue("") String to) {
        return onThread(call, shortPath, threadId, (member, id) -> {
            Optional<Integer> user = to.equals("me")
                    ? Optional.of(member.user().id())
                    : Optional.of(to).filter(text -> text.matches("[0-9]{1,9}")).map(Integer::valueOf);
            return after(call, member, id, query(list, tag, search, ""), inbox.assign(member, id, user));
        });
    }

    /// @param state `open` or `closed`
    @POST
    @Path("inbox/{threadId}/state")
    public Response state(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @QueryParam("list") @DefaultValue("") String list,
            @QueryParam("tag") @DefaultValue("") String tag,
            @QueryParam("q") @DefaultValue("") String search,
            @FormParam("state") @DefaultValue("closed") String state) {
        return onThread(
                call,
                shortPath,
                threadId,
                (member, id) -> after(
                        call,
                        member,
                        id,
                        query(list, tag, search, ""),
                        inbox.setState(member, id, InboxThread.State.of(state).orElse(InboxThread.State.CLOSED))));
    }

    /// @param read `yes` or `no`
    @POST
    @Path("inbox/{threadId}/read")
    public Response read(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @QueryParam("list") @DefaultValue("") String list,
            @QueryParam("tag") @DefaultValue("") String tag,
            @QueryParam("q") @DefaultValue("") String search,
            @FormParam("read") @DefaultValue("yes") String read) {
        return onThread(call, shortPath, threadId, (member, id) -> {
            ThreadQuery query = query(list, tag, search, "");
            Changed changed = inbox.setRead(member, id, !read.equals("no"));
            // Who leaves it unread goes back to the list, for looking at it reads it.
            return changed instanceof Changed.Done && read.equals("no")
                    ? Html.seeOther(AtWorkspace.pathOf(member.workspace()) + "/inbox" + InboxPages.filters(query))
                    : after(call, member, id, query, changed);
        });
    }

    @POST
    @Path("inbox/{threadId}/tags")
    public Response tag(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @QueryParam("list") @DefaultValue("") String list,
            @QueryParam("tag") @DefaultValue("") String tag,
            @QueryParam("q") @DefaultValue("") String search,
            @FormParam("add") @DefaultValue("") String add,
            @FormParam("remove") @DefaultValue("") String remove) {
        return onThread(
                call,
                shortPath,
                threadId,
                (member, id) -> after(
                        call,
                        member,
                        id,
                        query(list, tag, search, ""),
                        remove.isEmpty() ? inbox.tag(member, id, add) : inbox.untag(member, id, remove)));
    }

    @POST
    @Path("inbox/{threadId}/contact")
    public Response describe(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @QueryParam("list") @DefaultValue("") String list,
            @QueryParam("tag") @DefaultValue("") String tag,
            @QueryParam("q") @DefaultValue("") String search,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("about") @DefaultValue("") String about) {
        return onThread(
                call,
                shortPath,
                threadId,
                (member, id) ->
                        after(call, member, id, query(list, tag, search, ""), inbox.describe(member, id, name, about)));
    }

    private Response onThread(
            Call call, String shortPath, String threadId, BiFunction<Member, ConversationId, Response> work) {
        return at.member(
                call,
                shortPath,
                member -> ConversationId.parse(threadId)
                        .map(id -> work.apply(member, id))
                        .orElseGet(() -> missing(call, member)));
    }

    private Response after(Call call, Member member, ConversationId id, ThreadQuery query, Changed changed) {
        return switch (changed) {
            case Changed.Done _ -> to(member, id.toString(), InboxPages.filters(query));
            case Changed.NotFound _ -> missing(call, member);
            case Changed.Rejected rejected ->
                notChanged(call, member, id, query, rejected.invalid().rule() + ".");
            case Changed.NoSuchUser _ ->
                notChanged(call, member, id, query, "That person is no user of this workspace any more.");
            case Changed.TooManyTags many ->
                notChanged(call, member, id, query, "A conversation has " + many.most() + " tags at most.");
        };
    }

    private Response notChanged(Call call, Member member, ConversationId id, ThreadQuery query, String why) {
        return refused(
                call,
                member,
                id,
                query,
                422,
                new InboxPage.Draft(
                        Digests.newToken(), "", false, Optional.of(new FormProblem("Nothing was changed.", why))));
    }

    private Response shown(int status, Call call, Member member, Looking looking) {
        return pages.page(call, member, looking)
                .map(page -> Html.answer(status, page))
                .orElseGet(() -> missing(call, member));
    }

    private static Response to(Member member, String thread, String filters) {
        return Html.seeOther(AtWorkspace.pathOf(member.workspace()) + "/inbox/" + thread + filters);
    }

    private Response missing(Call call, Member member) {
        return Html.answer(
                404, new ConversationMissingPage(at.door(call, member.workspace(), "Conversation not found")));
    }

    private static ThreadQuery query(String list, String tag, String search, String older) {
        return new ThreadQuery(
                View.of(list).orElse(View.OPEN),
                Inbox.tagOf(tag),
                search.length() > 200 ? search.substring(0, 200) : search,
                Cursor.parse(older),
                LISTED);
    }
}
