package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import dev.banyan.workspaces.chat.AttachmentAnswers;
import dev.banyan.workspaces.chat.Attachments;
import dev.banyan.workspaces.inbox.InboxPages.ListFilter;
import dev.banyan.workspaces.inbox.InboxThreadPages.ThreadRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The shared inbox as pages. `ui/inbox.js` adds live updates over [InboxSocket], but everything works without it.
/// [InboxWritingResource] has the forms to write, [InboxActsResource] all others.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class InboxPageResource {

    private final WorkspacePageGuard at;
    private final InboxThreadPages threads;
    private final Inbox inbox;
    private final Attachments attachments;
    private final AttachmentAnswers fileAnswers;

    InboxPageResource(
            WorkspacePageGuard at,
            InboxThreadPages threads,
            Inbox inbox,
            Attachments attachments,
            AttachmentAnswers fileAnswers) {
        this.at = at;
        this.threads = threads;
        this.inbox = inbox;
        this.attachments = attachments;
        this.fileAnswers = fileAnswers;
    }

    @GET
    @Path("inbox")
    public Response list(
            @Context Call call, @PathParam("shortPath") String shortPath, @BeanParam InboxFilters filters) {
        return at.inbox(
                call,
                shortPath,
                member -> threads.show(
                        200,
                        call,
                        member,
                        new ListFilter(
                                filters.query(),
                                Optional.empty(),
                                Optional.empty(),
                                "list",
                                ListFilter.nothing(),
                                Optional.empty())));
    }

    /// @param before shows the messages before this position; absent shows the end
    /// @param pane `details` shows the contact on phones
    /// @param reply the message that is being answered
    @GET
    @Path("inbox/{threadId}")
    public Response thread(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @PathParam("threadId") String threadId,
            @BeanParam InboxFilters filters,
            @QueryParam("before") @DefaultValue("") String before,
            @QueryParam("pane") @DefaultValue("") String pane,
            @QueryParam("reply") @DefaultValue("") String reply) {
        return at.inbox(
                call,
                shortPath,
                member -> ConversationId.parse(threadId)
                        .map(id -> threads.show(
                                200,
                                call,
                                member,
                                new ListFilter(
                                        filters.query(),
                                        Optional.of(id),
                                        before.matches("[0-9]{1,9}")
                                                ? Optional.of(Long.valueOf(before))
                                                : Optional.empty(),
                                        pane.equals("details") ? "details" : InboxThreadPages.PANE,
                                        ListFilter.nothing(),
                                        Optional.empty(),
                                        Uuids.parse(reply))))
                        .orElseGet(() -> threads.missing(call, member)));
    }

    @GET
    @Path("inbox/{threadId}/files/{fileId}")
    public Response file(@Context ThreadRequest thread, @PathParam("fileId") String fileId) {
        Member member = thread.member();
        return Uuids.parse(fileId)
                .filter(_ -> inbox.has(member, thread.id()))
                .flatMap(file -> attachments.find(
                        member.owner().tenant(), member.workspace().id(), thread.id(), file))
                .filter(file -> file.message().isPresent())
                .flatMap(file -> fileAnswers.answer(thread.call(), file))
                .orElseThrow(thread::missing);
    }
}
