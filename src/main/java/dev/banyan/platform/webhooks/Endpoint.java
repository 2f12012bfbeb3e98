package dev.banyan.platform.webhooks;

import dev.banyan.platform.Owner;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// An address that receives events.
///
/// @param owner of a root account: it receives the events of all its brands too; of a brand: only the brand’s
/// @param events types, such as `page.created`, `page.*` or `*`
/// @param offReason why the server has switched it off
/// @param failingSince since when each try has failed
public record Endpoint(
        UUID id,
        Owner owner,
        String url,
        List<String> events,
        boolean active,
        Optional<String> offReason,
        Optional<Instant> failingSince,
        Instant createdAt) {

    /// Returns the host of its address, by which people know it.
    public String host() {
        return URI.create(url).getHost();
    }

    /// Returns whether it receives the events of an account: its own, or one of its brands.
    boolean hears(Owner other) {
        return owner.equals(other) || !owner.isSubAccount() && owner.tenant().equals(other.tenant());
    }

    boolean wants(String type) {
        return events.stream().anyMatch(pattern -> EventType.matches(pattern, type));
    }
}
