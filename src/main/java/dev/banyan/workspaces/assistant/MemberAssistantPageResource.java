package dev.banyan.workspaces.assistant;

import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import dev.banyan.workspaces.assistant.AssistantPages.Desk;
import dev.banyan.workspaces.assistant.AssistantPages.ViewState;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The assistant of a workspace for its own admins.
@Path("/s/{shortPath}")
@RunOnVirtualThread
class MemberAssistantPageResource {

    private static final String SAVED = "assistant-saved";

    private final WorkspacePageGuard at;
    private final AssistantPages pages;
    private final Audit audit;
    private final ErrorPages errorPages;

    MemberAssistantPageResource(WorkspacePageGuard at, AssistantPages pages, Audit audit, ErrorPages errorPages) {
        this.at = at;
        this.pages = pages;
        this.audit = audit;
        this.errorPages = errorPages;
    }

    @GET
    @Path("assistant")
    public Response show(@Context Call call, @PathParam("shortPath") String shortPath) {
        return at.member(call, shortPath, member -> answer(call, member, pages.show(desk(member))));
    }

    /// Saves, tries, or changes the list of rules, depending on the button.
    @POST
    @Path("assistant")
    public Response post(@Context Call call, @PathParam("shortPath") String shortPath, @BeanParam AssistantForm form) {
        return at.member(call, shortPath, member -> answer(call, member, pages.post(desk(member), form)));
    }

    private static Desk desk(Member member) {
        Workspace workspace = member.workspace();
        return new Desk(member, workspace.project(), workspace.id(), path(member), "");
    }

    private static String path(Member member) {
        return WorkspacePageGuard.pathOf(member.workspace()) + "/assistant";
    }

    private Response answer(Call call, Member member, ViewState shown) {
        return switch (shown) {
            case ViewState.Editor editor ->
                Html.answer(
                        editor.ok() ? 200 : 422,
                        new MemberAssistantPage(
                                at.shell(call, member, WorkspaceMenu.ASSISTANT, "Assistant"),
                                call.query("done").filter(SAVED::equals).isPresent(),
                                editor.editor()));
            case ViewState.Saved _ -> Html.seeOther(path(member) + "?done=" + SAVED);
            case ViewState.Forbidden _ -> {
                audit.denied(call.actor(), call.route());
                yield errorPages.answer(
                        call,
                        403,
                        "Only admins can open this page",
                        "Ask an admin of this workspace to do it, or to give you the role.");
            }
            case ViewState.NotFound _ -> Html.seeOther(WorkspacePageGuard.pathOf(member.workspace()) + "/login");
        };
    }
}
