package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.Caller;
import io.vertx.core.http.HttpServerRequest;

/// Recognizes the cookies and tokens of one kind of caller. `accounts` provides one, `workspaces` another: an interface
/// because `platform` may call neither.
public interface CallerResolver {

    /// Returns the order: the smaller number is asked first. A browser may be signed in as several kinds of caller at
    /// once, and the route decides which of them counts (decision 0011).
    int turn(HttpServerRequest request);

    /// @param renewed receives the `Set-Cookie` of a session that came in a cookie and was extended
    /// @return empty if the request carries nothing of this kind, or something that has ended
    Optional<Caller> resolve(HttpServerRequest request, Consumer<String> renewed);
}
