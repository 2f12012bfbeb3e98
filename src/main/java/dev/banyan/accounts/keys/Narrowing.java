package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.platform.KeyLimits;
import dev.banyan.platform.KeyLimits.Scope;
import dev.banyan.platform.KeyLimits.Scope.Part;
import org.jspecify.annotations.Nullable;

/// The routes that a narrowed key opens of those that its permissions open: with the id of its part in the address, and
/// a few that check the part themselves. All others are closed to it, as they may show more of the account.
final class Narrowing {

    /// What a brand has of its own. [Contexts] keeps a key to its brands.
    private static final Set<String> OF_BRANDS = Set.of(
            "profile:read",
            "pages:read",
            "pages:manage",
            "links:read",
            "links:manage",
            "appearance:read",
            "appearance:manage",
            "shortlinks:read",
            "shortlinks:manage",
            "analytics:read",
            "projects:read",
            "projects:manage",
            "workspaces:read",
            "workspaces:manage",
            "users:read",
            "users:manage",
            "workspace_webhooks:manage",
            "inbox:read",
            "inbox:manage",
            "messages:read",
            "messages:send",
            "contacts:read");

    /// They answer for an agency as a whole.
    private static final Set<String> NOT_OF_BRANDS =
            Set.of("GET /api/admin/search", "GET /api/admin/ExportAnalytics", "GET /api/whatsapp/opt-out-settings");

    /// They take settings from other projects, as templates.
    private static final Set<String> NOT_OF_PROJECTS = Set.of(
            "POST /api/projects/{projectId}/sub-clients",
            "POST /api/projects/{projectId}/sub-clients/bulk",
            "POST /api/projects/{projectId}/sub-clients/bulk/acts");

    /// They bring the messages of any pool into a workspace.
    private static final Set<String> OF_ACCOUNTS = Set.of(
            "PUT /api/projects/{projectId}/sub-clients/{subClientId}/pool",
            "DELETE /api/projects/{projectId}/sub-clients/{subClientId}/pool");

    private static final String SEND = "POST /api/whatsapp/messages";
    private static final String FOLLOW = "GET /api/whatsapp/messages/{messageId}";
    private static final String INBOX = " /api/sub-client/inbox/";
    private static final String IN_POOL = " /api/whatsapp/pools/{masterId}";
    /// What moves work to other pools is not for a key of one.
    private static final String FAILOVER = "/failover";

    private Narrowing() {}

    /// @param ids those in the address, by their names in the route
    static boolean opens(KeyLimits limits, String route, String permission, Map<String, List<String>> ids) {
        boolean givesOn = permission.startsWith("keys:")
                || permission.endsWith("webhooks:manage") && !limits.networks().isEmpty();
        return (limits.isNone() || !givesOn)
                && (limits.scope().part() == Part.ACCOUNT || !OF_ACCOUNTS.contains(route))
                && isIn(limits.scope(), route, permission, ids);
    }

    private static boolean isIn(Scope scope, String route, String permission, Map<String, List<String>> ids) {
        return switch (scope.part()) {
            case ACCOUNT -> true;
            case BRANDS -> OF_BRANDS.contains(permission) && !NOT_OF_BRANDS.contains(route);
            case PROJECT ->
                route.contains(INBOX)
                        || !NOT_OF_PROJECTS.contains(route) && names(scope, Part.PROJECT, ids.get("projectId"));
            case WORKSPACE ->
                route.contains(INBOX) || route.equals(SEND) || names(scope, Part.WORKSPACE, ids.get("subClientId"));
            case POOL ->
                route.equals(SEND)
                        || route.equals(FOLLOW)
                        || route.contains(IN_POOL)
                                && (route.startsWith("GET ") || !route.contains(FAILOVER))
                                && names(scope, Part.POOL, ids.get("masterId"));
        };
    }

    private static boolean names(Scope scope, Part part, @Nullable List<String> ids) {
        return ids != null && ids.size() == 1 && scope.isFor(part, ids.getFirst());
    }
}
