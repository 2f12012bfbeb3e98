package dev.banyan.platform.audit;

import dev.banyan.platform.IdentityId;
import java.util.Optional;

/// Who did something, and from where; used for the audit log only.
///
/// @param identity empty for a person who has not signed in
/// @param ip the client's address as the trusted proxies report it
public record Actor(Optional<IdentityId> identity, String ip) {

    /// The server itself: jobs, set-up, sample data.
    public static final Actor SERVER = new Actor(Optional.empty(), "server");
}
