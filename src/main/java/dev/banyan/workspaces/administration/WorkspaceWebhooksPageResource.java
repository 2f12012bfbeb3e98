package dev.banyan.workspaces.administration;

import dev.banyan.platform.webhooks.Endpoints;
import dev.banyan.platform.webhooks.WebhooksPageResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Path;

/// The pages for the webhooks of a workspace, on the project’s side.
@Path("/projects/{projectId}/sub-clients/{subClientId}/webhooks")
@RunOnVirtualThread
final class WorkspaceWebhooksPageResource extends WebhooksPageResource {

    WorkspaceWebhooksPageResource(Endpoints endpoints) {
        super(endpoints, "/webhooks");
    }
}
