package dev.banyan.accounts.webhooks;

import module java.base;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.webhooks.Endpoint;
import dev.banyan.platform.webhooks.EndpointDisabled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Tells the owners that a webhook was switched off.
@Singleton
record EndpointDisabledMails(Mails mails, Audit audit, Settings settings) {

    void switchedOff(@Observes EndpointDisabled off) {
        Endpoint endpoint = off.endpoint();
        String host = endpoint.host();
        audit.note(
                off.tx(), Actor.SERVER, endpoint, "WebhookSwitchedOff", Map.of("host", host, "reason", off.reason()));
        new MembershipStore(off.tx())
                .lockOwners(endpoint.owner().tenant()).stream()
                        .map(new IdentityStore(off.tx())::find)
                        .flatMap(Optional::stream)
                        .map(Identity::email)
                        .forEach(email -> mails.send(
                                off.tx(), email, "The webhook for " + host + " was turned off", text(endpoint, off)));
    }

    private String text(Endpoint endpoint, EndpointDisabled off) {
        return """
                We turned off the webhook that sends events to

                %s

                %s

                Check the program behind this address, and who set it up. Then turn the webhook on again%s
                """.formatted(endpoint.url(), off.reason(), where(endpoint));
    }

    /// Says where it is turned on. Webhooks of workspaces are in the API only.
    private String where(Endpoint endpoint) {
        String id = endpoint.id().toString();
        return endpoint.whose()
                .workspace()
                .map(workspace -> " in the API, which also sends the events that wait. It is the webhook " + id
                        + " of the workspace " + workspace + ".")
                .orElseGet(() ->
                        " here; events that wait are sent then:\n" + settings.baseUrl() + "/admin/integrations/" + id);
    }
}
