package dev.banyan.accounts.webhooks;

import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.webhooks.Endpoints;
import dev.banyan.platform.webhooks.WebhooksResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The webhooks of an account in the API.
@Path("/api/admin/webhooks")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Webhooks", description = "Events for other programs, by the Standard Webhooks specification.")
@APIResponse(responseCode = "404", description = "The account doesn’t have this webhook")
final class AccountWebhooksResource extends WebhooksResource {

    AccountWebhooksResource(Endpoints endpoints) {
        super(endpoints);
    }
}
