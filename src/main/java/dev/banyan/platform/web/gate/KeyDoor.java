package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.Caller;
import dev.banyan.platform.web.Call;
import jakarta.ws.rs.core.Response;

/// Authenticates programs that use `/v1` or `/api/projects` with a key of an account. `accounts` has the keys: an
/// interface because `platform` may not
/// call it.
public interface KeyDoor {

    /// In place of a route: there, a key needs no permission. What it does are requests of their own.
    String ANY_PERMISSION = "";

    /// The result of a request.
    sealed interface Entered {

        /// The headers about limits, for any answer.
        Map<String, String> headers();

        record As(Caller.ApiKey caller, Map<String, String> headers) implements Entered {}

        record Refused(Response answer, Map<String, String> headers) implements Entered {}
    }

    /// @param name of the route as resources spell it, such as `GetPages`
    Entered enter(Call call, String name);

    /// Authenticates programs that send a key of an account to `/api/projects`.
    ///
    /// @return empty if the request has no such key
    Optional<Entered> enterProjects(Call call);
}
