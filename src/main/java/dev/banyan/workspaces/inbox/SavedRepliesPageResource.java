package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.access.InMenu;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard.MemberPage;
import dev.banyan.workspaces.inbox.CannedReplies.Changed;
import dev.banyan.workspaces.inbox.SavedRepliesPage.Entry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The saved replies of a workspace as a page: its agents read it, its admins change it.
@Path("/s/{shortPath}")
@RunOnVirtualThread
@InMenu(WorkspaceMenu.INBOX)
class SavedRepliesPageResource {

    private final CannedReplies replies;

    SavedRepliesPageResource(CannedReplies replies) {
        this.replies = replies;
    }

    @GET
    @Path("saved-replies")
    public Response list(@Context MemberPage page) {
        return Html.ok(page(page, Entry.NEW, Optional.empty()));
    }

    /// @param id the reply to change; empty creates one
    /// @param action `save` or `delete`
    @POST
    @Path("saved-replies")
    public Response change(
            @Context MemberPage page,
            @FormParam("id") @DefaultValue("") String id,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("text") @DefaultValue("") String text,
            @FormParam("action") @DefaultValue("save") String action) {
        var draft = new Entry(id, name, text);
        Changed changed = id.isEmpty()
                ? replies.create(page.member(), name, text)
                : Uuids.parse(id)
                        .map(known -> action.equals("delete")
                                ? replies.delete(page.member(), known)
                                : replies.update(page.member(), known, name, text))
                        .orElseGet(Changed.NotFound::new);
        return switch (changed) {
            case Changed.Done _ -> page.to("/saved-replies");
            case Changed.NotFound _ -> refused(404, page, Entry.NEW, "This reply was already deleted.");
            case Changed.Forbidden _ -> refused(403, page, Entry.NEW, "Only admins can edit saved replies.");
            case Changed.Rejected rejected ->
                refused(422, page, draft, rejected.invalid().userMessage() + ".");
            case Changed.NameTaken taken ->
                refused(422, page, draft, "A reply named /" + taken.name() + " already exists.");
            case Changed.TooMany many ->
                refused(422, page, draft, "A workspace can have up to " + many.most() + " saved replies.");
        };
    }

    private Response refused(int status, MemberPage page, Entry draft, String why) {
        return Html.answer(status, page(page, draft, Optional.of(new FormProblem("Nothing was changed.", why))));
    }

    private SavedRepliesPage page(MemberPage page, Entry draft, Optional<FormProblem> problem) {
        String title = "Saved replies";
        return new SavedRepliesPage(
                page.door(title),
                page.shell(WorkspaceMenu.INBOX, title),
                page.member().user().isAdmin(),
                replies.list(page.member()).stream().map(Entry::of).toList(),
                draft,
                problem);
    }
}
