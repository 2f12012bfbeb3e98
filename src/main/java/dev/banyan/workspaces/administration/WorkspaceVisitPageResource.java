package dev.banyan.workspaces.administration;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.WorkspaceLookup;
import dev.banyan.workspaces.access.WorkspaceLookup.LookedUp;
import dev.banyan.workspaces.access.WorkspaceVisits;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The way of the project's side into a workspace, without a user of their own, and back.
@Path("/")
@RunOnVirtualThread
class WorkspaceVisitPageResource {

    private final ProjectGuard inProject;
    private final WorkspaceLookup lookup;
    private final WorkspaceVisits visits;

    WorkspaceVisitPageResource(ProjectGuard inProject, WorkspaceLookup lookup, WorkspaceVisits visits) {
        this.inProject = inProject;
        this.lookup = lookup;
        this.visits = visits;
    }

    /// Enters the workspace and leads to its inbox.
    ///
    /// @param thread a conversation to open there
    @GET
    @Path("projects/{projectId}/sub-clients/{subClientId}/inbox")
    public Response enter(
            @Context Call call,
            @PathParam("projectId") String projectId,
            @PathParam("subClientId") String id,
            @QueryParam("thread") @DefaultValue("") String thread) {
        return inProject.page(
                call,
                projectId,
                id,
                place -> inProject.enter(
                        place,
                        ConversationId.parse(thread)
                                .map(known -> "/inbox/" + known)
                                .orElse("/inbox")));
    }

    /// Leaves the workspace and leads back to its page in the project.
    @POST
    @Path("s/{shortPath}/leave")
    public Response leave(@Context Call call, @PathParam("shortPath") String shortPath) {
        return lookup.find(shortPath) instanceof LookedUp.Found found
                ? visits.leave(call, found)
                : Html.seeOther("/projects");
    }
}
