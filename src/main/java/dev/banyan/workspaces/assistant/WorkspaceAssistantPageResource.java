package dev.banyan.workspaces.assistant;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.ProjectGuard.RequestScope;
import dev.banyan.workspaces.access.WorkspaceHead.Tab;
import dev.banyan.workspaces.assistant.AssistantPages.Desk;
import dev.banyan.workspaces.assistant.AssistantPages.ViewState;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The tab of a workspace where the project's side chooses who answers: rules or a language model, which can be tried
/// before they are saved.
@Path("/projects")
@RunOnVirtualThread
class WorkspaceAssistantPageResource {

    private final ProjectGuard inProject;
    private final AssistantPages pages;

    WorkspaceAssistantPageResource(ProjectGuard inProject, AssistantPages pages) {
        this.inProject = inProject;
        this.pages = pages;
    }

    @GET
    @Path("{projectId}/sub-clients/{subClientId}/assistant")
    public Response show(
            @Context Call call, @PathParam("projectId") String projectId, @PathParam("subClientId") String id) {
        return inProject.page(call, projectId, id, place -> answer(place, pages.show(desk(place))));
    }

    /// Saves, tries, or changes the list of rules, depending on the button.
    @POST
    @Path("{projectId}/sub-clients/{subClientId}/assistant")
    public Response post(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @FormParam("as") @DefaultValue("") String as,
            @BeanParam AssistantForm form) {
        return inProject.form(call, as, projectId, id, place -> answer(place, pages.post(desk(place), form)));
    }

    private static Desk desk(RequestScope place) {
        return new Desk(
                place.actor(),
                place.project().id(),
                place.workspace().id(),
                WorkspacePaths.workspace(place.project().id(), place.workspace().id()) + "/assistant",
                place.context().acting().username());
    }

    private Response answer(RequestScope place, ViewState shown) {
        return switch (shown) {
            case ViewState.Editor editor -> Html.answer(editor.ok() ? 200 : 422, page(place, editor.editor()));
            case ViewState.Saved _ -> Html.seeOther(place.tab("/assistant") + "&done=assistant-saved");
            case ViewState.NotFound _, ViewState.Forbidden _ -> inProject.unknown(place.call());
        };
    }

    private WorkspaceAssistantPage page(RequestScope place, AssistantEditor editor) {
        return new WorkspaceAssistantPage(
                inProject.shell(place, "Assistant of " + place.workspace().name()),
                inProject.head(place, Tab.ASSISTANT),
                editor);
    }
}
