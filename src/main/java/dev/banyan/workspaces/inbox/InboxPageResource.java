package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.InMenu;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard.MemberPage;
import dev.banyan.workspaces.chat.AttachmentAnswers;
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
@InMenu(WorkspaceMenu.INBOX)
class InboxPageResource {

    private final InboxThreadPages threads;
    private final Inbox inbox;
    private final AttachmentAnswers fileAnswers;

    InboxPageResource(InboxThreadPages threads, Inbox inbox, AttachmentAnswers fileAnswers) {
        this.threads = threads;
        this.inbox = inbox;
        this.fileAnswers = fileAnswers;
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
}
