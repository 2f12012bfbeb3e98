package dev.banyan.workspaces.administration;

import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.webhooks.Endpoints;
import dev.banyan.platform.webhooks.WebhooksResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The webhooks of a workspace in the API, which hear of this workspace alone.
@Path("/api/projects/{projectId}/sub-clients/{subClientId}/webhooks")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Sub-client webhooks", description = "Events of one sub-client for other programs. Project side only.")
final class WorkspaceWebhooksResource extends WebhooksResource {

    WorkspaceWebhooksResource(Endpoints endpoints) {
        super(endpoints);
    }
}
