package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.Caller;
import dev.banyan.platform.web.Call;
import jakarta.ws.rs.core.Response;

/// Authenticates programs that send a key of an account. `accounts` has the keys: an interface because `platform` may
/// not call it.
public interface KeyDoor {

    /// The result of a request.
    sealed interface Entered {

        /// The headers about limits, for any answer.
        Map<String, String> headers();

        record As(Caller.ApiKey caller, Map<String, String> headers) implements Entered {}

        record Refused(Response answer, Map<String, String> headers) implements Entered {}
    }

    /// Authenticates a program where nothing but a key opens a route.
    ///
    /// @param route method and path as the resource declares it, such as `GET /api/admin/GetPages`
    Entered enter(Call call, String route);

    /// The same where people come in, too.
    ///
    /// @return empty if the request has no key of an account
    Optional<Entered> enterIfKey(Call call, String route);
}
