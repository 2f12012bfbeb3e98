package dev.banyan.accounts.keys;

import module java.base;

/// A request that a program made with a key, and how it ended.
///
/// @param key its id; the key may be deleted
/// @param route method and path with the names of its parameters, such as `GET /v1/GetPages`
/// @param code why it failed, for programs
record LoggedRequest(
        UUID id,
        Instant at,
        String key,
        String route,
        int status,
        Optional<String> code,
        Duration took,
        String requestId) {

    String method() {
        return route.substring(0, route.indexOf(' '));
    }

    String path() {
        return route.substring(route.indexOf(' ') + 1);
    }
}
