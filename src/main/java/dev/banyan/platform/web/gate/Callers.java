package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.Caller;
import io.quarkus.arc.All;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/// Asks all resolvers, in the order that the route requires, who sent a request.
@Singleton
public record Callers(@All List<CallerResolver> resolvers, KeyDoor keys) {

    /// Asks who opens a socket with a key of an account.
    public Optional<KeyDoor.Entered> program(HttpServerRequest handshake, String ip) {
        return keys.enterIfKey(handshake, ip);
    }

    /// @param renewed as in [CallerResolver#resolve]
    public Caller of(HttpServerRequest request, Consumer<String> renewed) {
        return resolvers.stream()
                .sorted(Comparator.comparingInt(resolver -> resolver.turn(request)))
                .map(resolver -> resolver.resolve(request, renewed))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(Caller.Anonymous::new);
    }

    /// Returns who is counted as one: everything that a person, a user of a workspace, or a key has open.
    ///
    /// @return empty for strangers
    public static Optional<String> owner(Caller caller) {
        return switch (caller) {
            case Caller.SignedIn person -> Optional.of("person " + person.identity());
            case Caller.Operator person -> Optional.of("person " + person.identity());
            case Caller.Support person -> Optional.of("person " + person.identity());
            case Caller.WorkspaceMember member -> Optional.of("member " + member.workspace() + " " + member.user());
            case Caller.ApiKey key -> Optional.of("key " + key.key());
            case Caller.WorkspaceKey key -> Optional.of("key " + key.key());
            case Caller.Anonymous _ -> Optional.empty();
        };
    }
}
