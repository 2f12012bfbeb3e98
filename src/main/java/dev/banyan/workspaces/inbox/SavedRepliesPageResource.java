package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import dev.banyan.workspaces.inbox.CannedReplies.Changed;
import dev.banyan.workspaces.inbox.SavedRepliesPage.Entry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The saved replies of a workspace as a page: its agents read it, its admins change it.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class SavedRepliesPageResource {

    private final WorkspacePageGuard at;
    private final CannedReplies replies;

    SavedRepliesPageResource(WorkspacePageGuard at, CannedReplies replies) {
        this.at = at;
        this.replies = replies;
    }

    @GET
    @Path("saved-replies")
    public Response list(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.inbox(call, shortPath, member -> Html.ok(page(call, member, Entry.NEW, Optional.empty())));
    }

    /// @param id the reply to change; empty creates one
    /// @param action `save` or `delete`
    @POST
    @Path("saved-replies")
    public Response change(
            @Context Call call,
            @PathParam("shortPath") String shortPath,
            @FormParam("id") @DefaultValue("") String id,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("text") @DefaultValue("") String text,
            @FormParam("action") @DefaultValue("save") String action) {
        return at.inbox(call, shortPath, member -> {
            var draft = new Entry(id, name, text);
            Changed changed = id.isEmpty()
                    ? replies.create(member, name, text)
                    : Uuids.parse(id)
                            .map(known -> action.equals("delete")
                                    ? replies.delete(member, known)
                                    : replies.update(member, known, name, text))
                            .orElseGet(Changed.NotFound::new);
            return switch (changed) {
                case Changed.Done _ -> Html.seeOther(WorkspacePageGuard.pathOf(member.workspace()) + "/saved-replies");
                case Changed.NotFound _ -> refused(404, call, member, Entry.NEW, "This reply was already deleted.");
                case Changed.Forbidden _ ->
                    refused(403, call, member, Entry.NEW, "Only admins can edit saved replies.");
                case Changed.Rejected rejected ->
                    refused(422, call, member, draft, rejected.invalid().userMessage() + ".");
                case Changed.NameTaken taken ->
                    refused(422, call, member, draft, "A reply named /" + taken.name() + " already exists.");
                case Changed.TooMany many ->
                    refused(422, call, member, draft, "A workspace can have up to " + many.most() + " saved replies.");
            };
        });
    }

    private Response refused(int status, Call call, Member member, Entry draft, String why) {
        return Html.answer(
                status, page(call, member, draft, Optional.of(new FormProblem("Nothing was changed.", why))));
    }

    private SavedRepliesPage page(Call call, Member member, Entry draft, Optional<FormProblem> problem) {
        String title = "Saved replies";
        return new SavedRepliesPage(
                at.door(call, member.workspace(), title),
                at.shell(call, member, WorkspaceMenu.INBOX, title),
                member.user().isAdmin(),
                replies.list(member).stream().map(Entry::of).toList(),
                draft,
                problem);
    }
}
