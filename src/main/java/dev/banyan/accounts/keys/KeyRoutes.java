package dev.banyan.accounts.keys;

import dev.banyan.accounts.context.RouteRights;
import java.util.Optional;
import java.util.Set;

/// Where a program with a key may go: the routes of the API that need a permission ([RouteRights]), but for those of a
/// session and of the person who made the key, for whom a program never speaks (LinkToMe contract 1 and 2.9).
public final class KeyRoutes {

    /// Routes that need a session: they change or tell it, or how its person signs in and for whom they work.
    static final Set<String> OF_SESSIONS = Set.of(
            "switchtosubaccount",
            "switchtoparentaccount",
            "getactivecontext",
            "2fatokensetup",
            "requiresecondfactor",
            "updatepassword",
            "updateemail",
            "updatephone",
            "usermanagerrespond");

    private static final Set<String> USABLE = RouteRights.permissionsOfApi(
            route -> OF_SESSIONS.stream().noneMatch(name -> route.test("POST /api/admin/" + name)));

    private KeyRoutes() {}

    /// Whether a key with this permission can do anything with it.
    public static boolean isUsable(String permission) {
        return USABLE.contains(permission);
    }

    /// @param name of the route, in any case
    /// @return empty where no key leads
    static Optional<String> permission(String name) {
        return OF_SESSIONS.stream().anyMatch(name::equalsIgnoreCase)
                ? Optional.empty()
                : RouteRights.permission("POST /api/admin/" + name);
    }
}
