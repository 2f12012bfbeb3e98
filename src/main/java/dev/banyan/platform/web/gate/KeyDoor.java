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

    /// What a program asks for.
    ///
    /// @param route method and path as the resource declares it, such as `GET /api/admin/GetPages`
    /// @param ids those in the address, by their names in the route
    record Asked(String route, Map<String, List<String>> ids) {

        /// Returns true for the routes of LinkToMe, whose failures are bare.
        public boolean isOfContract() {
            return route.contains(" /api/admin/");
        }
    }

    /// In place of a route: there, a key needs no permission. What it does are requests of their own.
    Asked ENTRANCE = new Asked("", Map.of());

    /// Authenticates a program where nothing but a key opens a route.
    Entered enter(Call call, Asked asked);

    /// The same where people come in, too.
    ///
    /// @return empty if the request has no key of an account
    Optional<Entered> enterIfKey(Call call, Asked asked);
}
