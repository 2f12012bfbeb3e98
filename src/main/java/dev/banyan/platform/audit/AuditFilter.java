package dev.banyan.platform.audit;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which rows of the audit somebody wants to see; what is empty does not matter.
///
/// @param tenant its chain; [AccountId#SERVER] for the acts on the server itself
/// @param accounts any of them; a name may have had several accounts, one after the other
/// @param by who did it
/// @param from the first moment
/// @param before the first moment that is too late
/// @param search a part of the words of the act, or the beginning of its name or target
public record AuditFilter(
        Optional<AccountId> tenant,
        Optional<List<AccountId>> accounts,
        Optional<By> by,
        Optional<String> action,
        Optional<Instant> from,
        Optional<Instant> before,
        String search) {

    /// Who did something.
    public sealed interface By {

        record Person(IdentityId identity) implements By {}

        record Server() implements By {}

        /// Somebody whom nobody knows.
        record Nobody() implements By {}
    }
}
