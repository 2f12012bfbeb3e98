package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.web.page.Html;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.InMenu;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.inbox.Inbox.Changed;
import dev.banyan.workspaces.inbox.InboxReplies.Sent;
import dev.banyan.workspaces.inbox.InboxThreadPages.ThreadRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// Actions on a thread in the pages of the inbox: assign, close, mark as unread, tag, describe, undo a merge, decide
/// about a message with unknown delivery, react, send a template, ask for a phone number, choose the number that
/// answers.
/// `ui/inbox.js` sends the same forms.
@Path("/s/{shortPath}")
@RunOnVirtualThread
@InMenu(WorkspaceMenu.INBOX)
class InboxActsResource {

    private final Inbox inbox;
    private final UncertainReplies uncertain;
    private final ContactActs contacts;
    private final InboxReplies replies;
    private final InboxReactions reactions;
    private final AnsweringNumbers numbers;
    private final RateLimits limits;

    InboxActsResource(
            Inbox inbox,
            UncertainReplies uncertain,
            ContactActs contacts,
            InboxReplies replies,
            InboxReactions reactions,
            AnsweringNumbers numbers,
            RateLimits limits) {
        this.inbox = inbox;
        this.uncertain = uncertain;
        this.contacts = contacts;
        this.replies = replies;
        this.reactions = reactions;
        this.numbers = numbers;
        this.limits = limits;
    }

    /// @param decision `again` or `leave`
    @POST
    @Path("inbox/{threadId}/messages/{messageId}")
    public Response decide(
            @Context ThreadRequest thread,
            @PathParam("messageId") String messageId,
            @BeanParam InboxFilters filters,
            @FormParam("do") @DefaultValue("leave") String decision) {
        var what = decision.equals("again") ? UncertainReplies.Decision.SEND_AGAIN : UncertainReplies.Decision.LEAVE;
        return Uuids.parse(messageId)
                .filter(message -> uncertain.decide(thread.member(), thread.id(), message, what))
                .map(_ -> thread.done(filters))
                .orElseThrow(thread::missing);
    }

    /// @param to a user's number, `me` or `nobody`
    /// @param was the assignee that the page showed: a number or `nobody`; empty if it doesn’t matter
    /// @param anyway not empty to assign it although someone else has it
    @POST
    @Path("inbox/{threadId}/assign")
    public Response assign(
            @Context ThreadRequest thread,
            @BeanParam InboxFilters filters,
            @FormParam("to") @DefaultValue("") String to,
            @FormParam("was") @DefaultValue("") String was,
            @FormParam("anyway") @DefaultValue("") String anyway) {
        Member member = thread.member();
        boolean isForMe = to.equals("me");
        Optional<Integer> user =
                isForMe ? Optional.of(member.user().id()).filter(_ -> !member.isVisitor()) : number(to);
        Optional<Optional<Integer>> expected = Optional.of(number(was))
                .filter(known -> anyway.isEmpty() && (known.isPresent() || was.equals(InboxPages.NOBODY)));
        return switch (inbox.assign(member, thread.id(), user, expected)) {
            case Changed.Taken(Optional<Message.By> by) -> thread.taken(filters, by, isForMe);
            case Changed changed -> after(thread, filters, changed);
        };
    }

    private static Optional<Integer> number(String typed) {
        return Optional.of(typed).filter(text -> text.matches("[0-9]{1,9}")).map(Integer::valueOf);
    }

    /// @param state `open` or `closed`
    @POST
    @Path("inbox/{threadId}/state")
    public Response state(
            @Context ThreadRequest thread,
            @BeanParam InboxFilters filters,
            @FormParam("state") @DefaultValue("closed") String state) {
        InboxThread.State next = InboxThread.State.of(state).orElse(InboxThread.State.CLOSED);
        return after(thread, filters, inbox.setState(thread.member(), thread.id(), next));
    }

    /// @param read `yes` or `no`
    @POST
    @Path("inbox/{threadId}/read")
    public Response read(
            @Context ThreadRequest thread,
            @BeanParam InboxFilters filters,
            @FormParam("read") @DefaultValue("yes") String read) {
        Changed changed = inbox.setRead(thread.member(), thread.id(), !read.equals("no"));
        // After "mark as unread", go back to the list: showing the thread would mark it as read.
        return changed instanceof Changed.Done && read.equals("no")
                ? thread.page().to("/inbox" + InboxPages.filters(filters.query()))
                : after(thread, filters, changed);
    }

    @POST
    @Path("inbox/{threadId}/tags")
    public Response tag(
            @Context ThreadRequest thread,
            @BeanParam InboxFilters filters,
            @FormParam("add") @DefaultValue("") String add,
            @FormParam("remove") @DefaultValue("") String remove) {
        return after(
                thread,
                filters,
                remove.isEmpty()
                        ? inbox.tag(thread.member(), thread.id(), add)
                        : inbox.untag(thread.member(), thread.id(), remove));
    }

    @POST
    @Path("inbox/{threadId}/contact")
    public Response describe(
            @Context ThreadRequest thread,
            @BeanParam InboxFilters filters,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("about") @DefaultValue("") String about) {
        return after(thread, filters, inbox.describe(thread.member(), thread.id(), name, about));
    }

    @POST
    @Path("inbox/{threadId}/undo-merge")
    public Response undoMerge(@Context ThreadRequest thread, @BeanParam InboxFilters filters) {
        return after(thread, filters, contacts.undoMerge(thread.member(), thread.id()));
    }

    private static Response after(ThreadRequest thread, InboxFilters filters, Changed changed) {
        return switch (changed) {
            case Changed.Done _ -> thread.done(filters);
            case Changed.NotFound _ -> throw thread.missing();
            case Changed.Rejected rejected ->
                notChanged(thread, filters, rejected.invalid().userMessage() + ".");
            case Changed.NoSuchAgent _ ->
                notChanged(thread, filters, "That person can no longer answer in this workspace.");
            case Changed.TooManyTags many ->
                notChanged(thread, filters, "A conversation can have up to " + many.most() + " tags.");
            case Changed.Taken(Optional<Message.By> to) -> thread.taken(filters, to, false);
        };
    }

    private static Response notChanged(ThreadRequest thread, InboxFilters filters, String why) {
        return thread.refused(filters, "Nothing was changed.", why);
    }

    /// @param emoji empty takes the reaction back
    @POST
    @Path("inbox/{threadId}/messages/{messageId}/reaction")
    public Response react(
            @Context ThreadRequest thread,
            @PathParam("messageId") String messageId,
            @BeanParam InboxFilters filters,
            @FormParam("emoji") @DefaultValue("") String emoji) {
        return limited(
                thread,
                filters,
                () -> Uuids.parse(messageId)
                        .<Sent>map(message -> reactions.react(thread.member(), thread.id(), message, emoji))
                        .orElseGet(Sent.NotFound::new));
    }

    /// @param template its name and language: `order_ready|en_US`
    @POST
    @Path("inbox/{threadId}/template")
    public Response template(
            @Context ThreadRequest thread,
            @BeanParam InboxFilters filters,
            @FormParam("key") @DefaultValue("") String key,
            @FormParam("chosen") @DefaultValue("") String template,
            @FormParam("value") List<String> values) {
        return limited(
                thread,
                filters,
                () -> replies.template(thread.member(), thread.id(), key, template, List.copyOf(values)));
    }

    @POST
    @Path("inbox/{threadId}/phone")
    public Response askForPhone(
            @Context ThreadRequest thread,
            @BeanParam InboxFilters filters,
            @FormParam("key") @DefaultValue("") String key,
            @FormParam("message") @DefaultValue("") String text) {
        return limited(thread, filters, () -> replies.askForPhone(thread.member(), thread.id(), key, text));
    }

    @POST
    @Path("inbox/{threadId}/number")
    public Response number(
            @Context ThreadRequest thread,
            @BeanParam InboxFilters filters,
            @FormParam("sender") @DefaultValue("") String sender) {
        return SenderId.parse(sender)
                        .filter(chosen -> numbers.choose(thread.member(), thread.id(), chosen))
                        .isPresent()
                ? thread.done(filters)
                : refused(thread, filters, "That number can’t answer now.");
    }

    private Response limited(ThreadRequest thread, InboxFilters filters, Supplier<Sent> work) {
        Optional<Duration> wait = limits.take(
                RateLimit.INBOX_MESSAGES_BY_USER,
                Participant.of(thread.member()).name());
        if (wait.isPresent()) {
            return Html.retryAfter(wait.get(), refused(thread, filters, "Too many messages. Wait a minute."));
        }
        return switch (work.get()) {
            case Sent.Done _ -> thread.done(filters);
            case Sent.NotFound _ -> throw thread.missing();
            case Sent.Rejected rejected ->
                refused(thread, filters, rejected.invalid().userMessage() + ".");
            case Sent.NoNumber _ -> refused(thread, filters, "This workspace has no WhatsApp number. Link one first.");
            case Sent.Full _ -> refused(thread, filters, "Try again in a minute.");
        };
    }

    private static Response refused(ThreadRequest thread, InboxFilters filters, String why) {
        return thread.refused(filters, "Message not sent.", why);
    }
}
