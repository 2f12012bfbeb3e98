package dev.banyan.workspaces.inbox;

import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import dev.banyan.workspaces.inbox.Inbox.Changed;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/// Actions on a thread in the pages of the inbox: assign, close, mark as unread, tag, describe, and decide about a
/// message with unknown delivery. `ui/inbox.js` sends the same forms.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class InboxActsResource {

    private final InboxThreadPages threads;
    private final Inbox inbox;
    private final InboxReplies replies;

    InboxActsResource(InboxThreadPages threads, Inbox inbox, InboxReplies replies) {
        this.threads = threads;
        this.inbox = inbox;
        this.replies = replies;
    }

    /// @param decision `again` or `leave`
    @POST
    @Path("inbox/{threadId}/messages/{messageId}")
    public Response decide(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @PathParam("messageId") String messageId,
            @BeanParam InboxFilters filters,
            @FormParam("do") @DefaultValue("leave") String decision) {
        return threads.on(
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
                        .map(_ -> InboxThreadPages.to(member, id.toString(), InboxPages.filters(filters.query())))
                        .orElseGet(() -> threads.missing(call, member)));
    }

    /// @param to a user's number, `me` or `nobody`
    @POST
    @Path("inbox/{threadId}/assign")
    public Response assign(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @BeanParam InboxFilters filters,
            @FormParam("to") @DefaultValue("") String to) {
        return threads.on(call, shortPath, threadId, (member, id) -> {
            Optional<Integer> user = to.equals("me")
                    ? Optional.of(member.user().id()).filter(_ -> !member.isVisitor())
                    : Optional.of(to).filter(text -> text.matches("[0-9]{1,9}")).map(Integer::valueOf);
            return after(call, member, id, filters.query(), inbox.assign(member, id, user));
        });
    }

    /// @param state `open` or `closed`
    @POST
    @Path("inbox/{threadId}/state")
    public Response state(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @BeanParam InboxFilters filters,
            @FormParam("state") @DefaultValue("closed") String state) {
        return threads.on(
                call,
                shortPath,
                threadId,
                (member, id) -> after(
                        call,
                        member,
                        id,
                        filters.query(),
                        inbox.setState(member, id, InboxThread.State.of(state).orElse(InboxThread.State.CLOSED))));
    }

    /// @param read `yes` or `no`
    @POST
    @Path("inbox/{threadId}/read")
    public Response read(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @BeanParam InboxFilters filters,
            @FormParam("read") @DefaultValue("yes") String read) {
        return threads.on(call, shortPath, threadId, (member, id) -> {
            ThreadQuery query = filters.query();
            Changed changed = inbox.setRead(member, id, !read.equals("no"));
            // After "mark as unread", go back to the list: showing the thread would mark it as read.
            return changed instanceof Changed.Done && read.equals("no")
                    ? Html.seeOther(
                            WorkspacePageGuard.pathOf(member.workspace()) + "/inbox" + InboxPages.filters(query))
                    : after(call, member, id, query, changed);
        });
    }

    @POST
    @Path("inbox/{threadId}/tags")
    public Response tag(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @BeanParam InboxFilters filters,
            @FormParam("add") @DefaultValue("") String add,
            @FormParam("remove") @DefaultValue("") String remove) {
        return threads.on(
                call,
                shortPath,
                threadId,
                (member, id) -> after(
                        call,
                        member,
                        id,
                        filters.query(),
                        remove.isEmpty() ? inbox.tag(member, id, add) : inbox.untag(member, id, remove)));
    }

    @POST
    @Path("inbox/{threadId}/contact")
    public Response describe(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @BeanParam InboxFilters filters,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("about") @DefaultValue("") String about) {
        return threads.on(
                call,
                shortPath,
                threadId,
                (member, id) -> after(call, member, id, filters.query(), inbox.describe(member, id, name, about)));
    }

    private Response after(Call call, Member member, ConversationId id, ThreadQuery query, Changed changed) {
        return switch (changed) {
            case Changed.Done _ -> InboxThreadPages.to(member, id.toString(), InboxPages.filters(query));
            case Changed.NotFound _ -> threads.missing(call, member);
            case Changed.Rejected rejected ->
                notChanged(call, member, id, query, rejected.invalid().userMessage() + ".");
            case Changed.NoSuchAgent _ ->
                notChanged(call, member, id, query, "That person can no longer answer in this workspace.");
            case Changed.TooManyTags many ->
                notChanged(call, member, id, query, "A conversation can have up to " + many.most() + " tags.");
        };
    }

    private Response notChanged(Call call, Member member, ConversationId id, ThreadQuery query, String why) {
        return threads.refuse(call, member, id, query, new FormProblem("Nothing was changed.", why));
    }
}
