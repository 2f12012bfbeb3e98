package dev.banyan.platform.web;

import dev.banyan.platform.Caller;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/// Recognises the cookies and tokens of one kind of caller. `accounts` brings one, `workspaces` will bring another:
/// an interface because `platform` may call neither.
public interface CallerResolver {

    /// @return empty when the request carries nothing of this kind, or something that has ended
    Optional<Caller> resolve(HttpServerRequest request);
}
