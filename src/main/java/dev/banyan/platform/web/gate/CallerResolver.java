package dev.banyan.platform.web.gate;

import dev.banyan.platform.Caller;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Consumer;

/// Recognises the cookies and tokens of one kind of caller. `accounts` brings one, `workspaces` another:
/// an interface because `platform` may call neither.
public interface CallerResolver {

    /// Who is asked first: the smaller number. A browser may be signed in as several kinds of caller at once, and the
    /// route says which of them it means (decision 0011).
    int turn(HttpServerRequest request);

    /// @param renewed hears the `Set-Cookie` of a session that came in a cookie and lives longer from now on
    /// @return empty when the request carries nothing of this kind, or something that has ended
    Optional<Caller> resolve(HttpServerRequest request, Consumer<String> renewed);
}
