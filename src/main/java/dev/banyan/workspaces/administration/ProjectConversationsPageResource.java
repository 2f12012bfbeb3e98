package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.web.Call;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.access.ProjectGuard;
import dev.banyan.workspaces.access.ProjectGuard.ProjectPage;
import dev.banyan.workspaces.access.WorkspaceCookies;
import dev.banyan.workspaces.access.WorkspaceLookup;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The address of a project's conversations from before there were workspaces. Redirects to the public address of the
/// default workspace, as in the seed's “URL Mapping”: the project's people, and those who are signed in to that
/// workspace. All others learn neither that the project exists nor where its workspace is. The redirect is not cached
/// because the default may change.
@Path("/projects")
@RunOnVirtualThread
class ProjectConversationsPageResource {

    private final WorkspaceLookup lookup;
    private final WorkspaceCookies cookies;
    private final ProjectGuard guard;

    ProjectConversationsPageResource(WorkspaceLookup lookup, WorkspaceCookies cookies, ProjectGuard guard) {
        this.lookup = lookup;
        this.cookies = cookies;
        this.guard = guard;
    }

    @GET
    @Path("{projectId}/conversations")
    public Response redirect(@Context Call call, @PathParam("projectId") String projectId) {
        Optional<Workspace> target = ProjectId.parse(projectId).flatMap(lookup::findDefault);
        return target.filter(workspace -> cookies.isMember(call, workspace.id()))
                .map(ProjectConversationsPageResource::redirect)
                .orElseGet(() -> {
                    ProjectPage page = guard.project(call, "");
                    return target.map(ProjectConversationsPageResource::redirect)
                            .orElseThrow(page::unknown);
                });
    }

    private static Response redirect(Workspace workspace) {
        return Response.status(301)
                .header("Location", WorkspacePageGuard.pathOf(workspace) + "/chat")
                .header("Cache-Control", "no-cache")
                .build();
    }
}
