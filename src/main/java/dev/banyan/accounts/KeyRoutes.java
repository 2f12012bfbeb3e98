package dev.banyan.accounts;

import java.util.Optional;
import java.util.Set;

/// Where a program with a key may go: the routes of the API that need a permission ([RouteRights]), but for those that
/// are about a session (LinkToMe contract 1 and 2.9).
final class KeyRoutes {

    /// Routes that need a session, for they change or tell it.
    static final Set<String> OF_SESSIONS = Set.of("switchtosubaccount", "switchtoparentaccount", "getactivecontext");

    private KeyRoutes() {}

    /// @param name of the route, in any case
    /// @return empty where no key leads
    static Optional<String> permission(String name) {
        return OF_SESSIONS.stream().anyMatch(name::equalsIgnoreCase)
                ? Optional.empty()
                : RouteRights.permission("POST /api/admin/" + name);
    }
}
