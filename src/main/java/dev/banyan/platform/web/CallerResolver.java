package dev.banyan.platform.web;

import dev.banyan.platform.Caller;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/// Recognises the cookies and tokens of one kind of caller. `accounts` brings one, `workspaces` another:
/// an interface because `platform` may call neither.
public interface CallerResolver {

    /// Who is asked first: the smaller number. A browser may be signed in as several kinds of caller at once, and the
    /// route says which of them it means (decision 0011).
    int turn(HttpServerRequest request);

    /// @return empty when the request carries nothing of this kind, or something that has ended
    Optional<Caller> resolve(HttpServerRequest request);
}
