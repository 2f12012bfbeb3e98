package dev.banyan.platform.audit;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;

/// Selects audit entries; an empty field matches everything.
///
/// @param tenant its chain; [AccountId#SERVER] for acts on the server itself
/// @param accounts any of them; a name may have had several accounts, one after the other
/// @param by who did it
/// @param from the first moment, inclusive
/// @param before the last moment, exclusive
/// @param search a part of the words of the act, or the beginning of its name or target
public record AuditFilter(
        Optional<AccountId> tenant,
        Optional<List<AccountId>> accounts,
        Optional<By> by,
        Optional<String> action,
        Optional<Instant> from,
        Optional<Instant> before,
        String search) {

    static final AuditFilter ALL = new AuditFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "");

    /// Who did something.
    public sealed interface By {

        record Person(IdentityId identity) implements By {}

        record Server() implements By {}

        /// Any person with an account, as opposed to users of workspaces, programs and the server.
        record AnyPerson() implements By {}

        /// A user of a workspace or a program, whom only the details name.
        ///
        /// @param key such as `workspaceUser`
        /// @param value as JSON, such as `5` or `"w1234567"`
        record Named(String key, String value) implements By {}

        /// Someone unknown, who matches no entry.
        record Nobody() implements By {}
    }
}
