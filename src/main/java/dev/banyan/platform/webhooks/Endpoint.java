package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owned;
import dev.banyan.platform.Owner;

/// An address that receives events.
///
/// @param whose of a root account: it receives the events of all its brands and workspaces too; of a brand: only the
///     brand’s, with its workspaces; of a workspace: only the workspace’s
/// @param events types, such as `page.created`, `page.*` or `*`
/// @param offReason why the server has switched it off
/// @param maker who answers for it; empty if it is not known
/// @param failingSince since when each try has failed
public record Endpoint(
        UUID id,
        EndpointOwner whose,
        String url,
        List<String> events,
        boolean active,
        Optional<Maker> maker,
        Optional<String> offReason,
        Optional<Instant> failingSince,
        Instant createdAt)
        implements Owned {

    /// Returns the host of its address, by which people know it.
    public String host() {
        return URI.create(url).getHost();
    }

    /// Returns it with someone at the place where it was set up.
    Makers.Place at(Optional<Maker> who) {
        return new Makers.Place(whose, who);
    }

    /// Returns the account that it belongs to.
    @Override
    public Owner owner() {
        return whose.owner();
    }

    @Override
    public String idText() {
        return id.toString();
    }

    AccountId tenant() {
        return whose.tenant();
    }
}
