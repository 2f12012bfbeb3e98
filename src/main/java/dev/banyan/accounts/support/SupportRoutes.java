package dev.banyan.accounts.support;

import module java.base;
import dev.banyan.accounts.context.RouteEffects;
import dev.banyan.accounts.context.RouteRights;

/// What an operator who acts for an account may open. Within the areas for signed-in people, that is what a manager
/// may, without everything that shows a secret, begins a sensitive action, takes data away or deletes it.
final class SupportRoutes {

    /// Routes for signed-in people; all others say nothing of an account that visitors don't see.
    private static final Pattern GUARDED =
            Pattern.compile("[A-Z]+ (/admin|/api|/operator|/projects|/s|/login/confirm)(/.*)?");

    private static final Pattern PUBLIC = Pattern.compile("[A-Z]+ /api/public/.*");

    /// What ends the access, or says who is signed in.
    private static final Set<String> OPEN = Set.of(
            "GET /admin",
            "GET /api/me",
            "POST /api/logout",
            "POST /operator/accounts/support/end",
            "GET /api/siteadmin/support",
            "POST /api/siteadmin/support/end");

    /// Secrets and ways in, such as keys, links for passwords, QR and pairing codes; files of what belongs to the
    /// account; sessions of people; deletion. Projects and workspaces are there to be looked at, without the page
    /// that shows the code of their number: new ones, and open registration, would outlast the access.
    private static final Pattern CLOSED = Pattern.compile("(?i)DELETE .*"
            + "|.*/(delete|remove|erase|discard|purge|leave|bulk|many|export|import|move-in|archive|unlink|link|qr"
            + "|passkey|pairing-code|scan|simulate|inbox|api-keys|apiauth|webhooks|integrations|sso|connections?"
            + "|proxies|proxy|users|people|registrations|registration|invitations?|proof|audit|settings/registration)"
            + "(/.*)?"
            + "|(POST|PUT|PATCH) (/api)?/projects(/.*)?"
            + "|[A-Z]+ /projects/.*/whatsapp(/.*)?"
            + "|.*/api/admin/(delete|export|import|apikeys|getapikeys|usermanager|transfer|convert)\\w*"
            + "|.*(password|secret|token|/qr\\.|\\.csv|\\.zip).*");

    private SupportRoutes() {}

    /// @param declared method and path as the resource declares it
    /// @param route method and path of the request
    static boolean isOpen(String declared, String route) {
        if (!GUARDED.matcher(declared).matches() || PUBLIC.matcher(declared).matches() || OPEN.contains(declared)) {
            return true;
        }
        return RouteRights.permitSupport(route)
                && RouteEffects.isOpenToSupport(declared)
                && !CLOSED.matcher(declared).matches();
    }
}
