package dev.banyan.platform.web.gate;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.Call;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Response;

/// Authenticates programs that send a key of an account. `accounts` has the keys: an interface because `platform` may
/// not call it.
public interface KeyDoor {

    /// A key of an account, which may be let in or not.
    record Key(String id, AccountId account) {}

    /// The result of a request.
    sealed interface Entered {

        /// The headers about limits, for any answer.
        Map<String, String> headers();

        Optional<Key> key();

        record As(Caller.ApiKey caller, Map<String, String> headers) implements Entered {

            @Override
            public Optional<Key> key() {
                return Optional.of(new Key(caller.key(), caller.account()));
            }
        }

        record Refused(Response answer, Map<String, String> headers, Optional<Key> key) implements Entered {}
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

    /// The same at the handshake of a socket, as at the [#ENTRANCE]: [#opens] says what the key may hear there.
    ///
    /// @param ip of the client
    Optional<Entered> enterIfKey(HttpServerRequest handshake, String ip);

    boolean opens(Caller.ApiKey key, Asked asked);

    /// Returns whether a key still works from this address, with all that it was let in with: sockets outlive their
    /// request.
    boolean isUnchanged(Tx tx, Caller.ApiKey key, String ip);
}
