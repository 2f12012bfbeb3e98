package dev.banyan.accounts.webhooks;

import dev.banyan.platform.webhooks.Endpoints;
import dev.banyan.platform.webhooks.WebhooksPageResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Path;

/// The pages for the webhooks of an account. Not under `/admin/webhooks`, which is another name of the API’s route
/// (`CanonicalRoutes`).
@Path(AccountWebhooksPageResource.HOME)
@RunOnVirtualThread
final class AccountWebhooksPageResource extends WebhooksPageResource {

    static final String HOME = "/admin/integrations";

    AccountWebhooksPageResource(Endpoints endpoints) {
        super(endpoints, "/integrations");
    }
}
