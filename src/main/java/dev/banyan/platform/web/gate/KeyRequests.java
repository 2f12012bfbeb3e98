package dev.banyan.platform.web.gate;

import module java.base;

/// Keeps which requests programs made and how they ended, for those who write the programs. `accounts` implements it.
public interface KeyRequests {

    /// A request that was answered. Neither its body nor its query are kept.
    ///
    /// @param route method and path as the resource declares it
    /// @param code of a failure
    record Answered(String requestId, String route, int status, Optional<String> code, Duration took) {}

    /// Never waits for the database.
    void answered(KeyDoor.Key key, Answered request);
}
