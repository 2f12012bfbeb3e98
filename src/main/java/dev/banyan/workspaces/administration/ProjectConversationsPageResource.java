package dev.banyan.workspaces.administration;

import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.page.ErrorPages;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.access.WorkspaceLookup;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The address of a project's conversations from before there were workspaces. Redirects everyone to the public address
/// of the default workspace, as in the seed's “URL Mapping”; the redirect is not cached because the default may change.
@Path("/projects")
@RunOnVirtualThread
class ProjectConversationsPageResource {

    private final WorkspaceLookup lookup;
    private final ErrorPages errorPages;

    ProjectConversationsPageResource(WorkspaceLookup lookup, ErrorPages errorPages) {
        this.lookup = lookup;
        this.errorPages = errorPages;
    }

    @GET
    @Path("{projectId}/conversations")
    public Response leadOn(@Context Call call, @PathParam("projectId") String projectId) {
        return ProjectId.parse(projectId)
                .flatMap(lookup::findDefault)
                .map(workspace -> Response.status(301)
                        .header("Location", WorkspacePageGuard.pathOf(workspace) + "/chat")
                        .header("Cache-Control", "no-cache")
                        .build())
                .orElseGet(() -> errorPages.answer(
                        call,
                        404,
                        "Page not found",
                        "This address is out of date. Ask the person who sent it to you for a new one."));
    }
}
