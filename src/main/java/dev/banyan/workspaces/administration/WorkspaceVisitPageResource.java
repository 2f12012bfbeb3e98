package dev.banyan.workspaces.administration;

import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.access.ProjectGuard.WorkspacePage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/// The way of the project's side into a workspace, without a user of their own.
@Path("/projects")
@RunOnVirtualThread
class WorkspaceVisitPageResource {

    /// Enters the workspace and leads to its inbox.
    ///
    /// @param thread a conversation to open there
    @GET
    @Path("{projectId}/sub-clients/{subClientId}/inbox")
    public Response enter(@Context WorkspacePage page, @QueryParam("thread") @DefaultValue("") String thread) {
        return page.enter(
                ConversationId.parse(thread).map(known -> "/inbox/" + known).orElse("/inbox"));
    }
}
