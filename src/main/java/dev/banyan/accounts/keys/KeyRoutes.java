package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.accounts.context.RouteEffects;
import dev.banyan.accounts.context.RouteRights;

/// The API routes that programs can use with a key: those that need a permission ([RouteRights]), except those of a
/// session, those of the person who made the key, whom a program never represents (LinkToMe contract 1 and 2.9), and
/// those that hand something over or admit people ([RouteEffects]).
public final class KeyRoutes {

    /// Routes that need a session: they change or return it, or they concern how its person signs in and who they work
    /// for.
    static final Set<String> OF_SESSIONS = Set.of(
            "switchtosubaccount",
            "switchtoparentaccount",
            "getactivecontext",
            "2fatokensetup",
            "requiresecondfactor",
            "updatepassword",
            "updateemail",
            "updatephone",
            "usermanagerrespond",
            "endtransfer");

    static final Set<String> CLOSED = Stream.concat(OF_SESSIONS.stream(), RouteEffects.namesOfPeople().stream())
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> USABLE = RouteRights.permissionsOfApi(
            route -> CLOSED.stream().noneMatch(name -> route.test("POST /api/admin/" + name)));

    private KeyRoutes() {}

    /// Returns true if a key with this permission can use it on any route.
    public static boolean isUsable(String permission) {
        return USABLE.contains(permission);
    }

    /// @param name of the route, in any case
    /// @return empty if keys cannot use the route
    static Optional<String> permission(String name) {
        return CLOSED.contains(name.toLowerCase(Locale.ROOT))
                ? Optional.empty()
                : RouteRights.permission("POST /api/admin/" + name);
    }
}
