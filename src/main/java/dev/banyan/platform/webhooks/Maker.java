package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.Caller;
import dev.banyan.platform.IdentityId;

/// Who answers for an endpoint: who entered its address, or has switched it on again since. It hears what they may read
/// at each moment (docs/decisions/0076).
public sealed interface Maker {

    /// The person who answers for it.
    IdentityId identity();

    record Person(IdentityId identity) implements Maker {}

    /// @param identity who answers for the key
    record Key(String id, IdentityId identity) implements Maker {}

    /// Returns who can answer for an endpoint. Operators who act for an account can’t, since they leave it again.
    static Optional<Maker> of(Caller caller) {
        return switch (caller) {
            case Caller.SignedIn person -> Optional.of(new Person(person.identity()));
            case Caller.Operator person -> Optional.of(new Person(person.identity()));
            case Caller.ApiKey key -> Optional.of(new Key(key.key(), key.madeBy()));
            case Caller.Support _, Caller.Anonymous _, Caller.WorkspaceMember _, Caller.WorkspaceKey _ ->
                Optional.empty();
        };
    }
}
