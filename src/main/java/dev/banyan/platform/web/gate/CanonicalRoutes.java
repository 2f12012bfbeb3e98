package dev.banyan.platform.web.gate;

import module java.base;

/// Maps the LinkToMe-style names, in any case and under `/admin` as well as `/api/admin`, to the one spelling that
/// resources use: `/ADMIN/getlinks` becomes `/api/admin/GetLinks`.
final class CanonicalRoutes {

    /// Every name that a resource handles, by area. `CanonicalRoutesTest` compares it with the resources.
    static final Map<String, List<String>> NAMES = Map.of(
            "admin",
            List.of(
                    "CreateSubAccount",
                    "GetSubAccounts",
                    "UpdateSubAccount",
                    "UpdateSubAccountStatus",
                    "DeleteSubAccount",
                    "RestoreSubAccount",
                    "TransferSubAccount",
                    "ConvertSubAccount",
                    "GetTransfers",
                    "AcceptTransfer",
                    "AcceptConversion",
                    "EndTransfer",
                    "UndoTransfer",
                    "ExportSubAccount",
                    "ImportSubAccount",
                    "GetExports",
                    "CheckUsername",
                    "UpdateUsername",
                    "RequireSecondFactor",
                    "SwitchToSubAccount",
                    "SwitchToParentAccount",
                    "GetActiveContext",
                    "search",
                    "brand-templates",
                    "webhooks",
                    "domains",
                    "support",
                    "sso",
                    "audit",
                    "api-requests",
                    "GetPages",
                    "CreatePage",
                    "UpdatePage",
                    "DeletePage",
                    "CopyPage",
                    "ReorderPages",
                    "GetDeletedContents",
                    "RestoreContent",
                    "GetLinks",
                    "UpdateLinks",
                    "GetAppearance",
                    "UpdateAppearance",
                    "getShortLinks",
                    "updateShortLinks",
                    "GetSubscription",
                    "createCheckoutSession",
                    "createPortalSession",
                    "upgradeSubscription",
                    "previewDowngrade",
                    "executeDowngrade",
                    "GetProfile",
                    "UpdatePassword",
                    "UpdateEmail",
                    "UpdatePhone",
                    "UpdateLanguage",
                    "apikeyslist",
                    "apikeyscreate",
                    "apikeysupdate",
                    "apikeysdelete",
                    "GetApiKeys",
                    "2fatokensetup",
                    "UserManagerList",
                    "UserManagerInvite",
                    "UserManagerRespond",
                    "UserManagerUpdate",
                    "UserManagerRemove",
                    "GetAnalytics",
                    "getShortLinkAnalytics",
                    "GetBrandAnalytics",
                    "ExportAnalytics"),
            "siteadmin",
            List.of("listtimers", "runtimer", "support"),
            "public",
            List.of(
                    "Login",
                    "Signup",
                    "RefreshToken",
                    "Logout",
                    "2fatoken",
                    "PasswordReset",
                    "GetUserProfile",
                    "TrackLinkClick",
                    "VerifyLinkCode",
                    "l"));

    private static final Map<String, String> PATHS = NAMES.entrySet().stream()
            .flatMap(area -> area.getValue().stream().map(name -> "/api/" + area.getKey() + "/" + name))
            .collect(Collectors.toUnmodifiableMap(path -> path.toLowerCase(Locale.ROOT), Function.identity()));

    /// Pages that the seed names, the one that they are below, and those that have the name of a route. They come
    /// first, in any case.
    static final Set<String> PAGES = Set.of(
            "/admin",
            "/admin/links",
            "/admin/appearance",
            "/admin/shortlinks",
            "/admin/apiauth",
            "/admin/search",
            "/admin/audit");

    /// The pages for what other routes list as JSON under the names that people type.
    private static final Map<String, String> BROWSED = Map.of(
            "/admin/domains", "/admin/custom-domains",
            "/admin/webhooks", "/admin/integrations",
            "/admin/exports", "/admin/export",
            "/admin/apikeyslist", "/admin/api-keys",
            "/admin/api-requests", "/admin/api-keys/requests",
            "/admin/brand-templates", "/admin/brands/templates",
            "/admin/sso", "/admin/users/sso",
            "/admin/support", "/admin/support-access");

    /// The nouns of `/v1` with routes for one thing.
    private static final Set<String> NOUNS_OF_KEYS = Set.of("webhooks", "domains", "brand-templates");

    private CanonicalRoutes() {}

    /// Returns the page that a person means who opens the address of a list for programs.
    ///
    /// @param accept what the client takes: browsers that open a page say HTML first
    static Optional<String> page(String path, String accept) {
        return isCandidate(path) && accept.startsWith("text/html")
                ? Optional.ofNullable(BROWSED.get(path.toLowerCase(Locale.ROOT).replaceFirst("/$", "")))
                : Optional.empty();
    }

    /// @return the canonical path, or empty if `path` is canonical already or none of these names
    static Optional<String> of(String path) {
        if (!isCandidate(path)) {
            return Optional.empty();
        }
        String lower = path.toLowerCase(Locale.ROOT);
        if (PAGES.contains(lower)) {
            return Optional.of(lower).filter(page -> !page.equals(path));
        }
        String below = lower.startsWith("/api/") ? lower : "/api" + lower;
        if (isForKeys(path)) {
            return Optional.ofNullable(PATHS.get(below.replaceFirst("/api/v1/", "/api/admin/")))
                    .or(() -> belowNoun(path));
        }
        return Optional.ofNullable(PATHS.get(below)).filter(found -> !found.equals(path));
    }

    /// Returns the path of one thing of a noun, such as `/v1/webhooks/{id}`: what follows the noun stays as it was
    /// sent.
    private static Optional<String> belowNoun(String path) {
        String rest = path.substring(path.toLowerCase(Locale.ROOT).indexOf("/v1/") + "/v1/".length());
        int end = rest.indexOf('/');
        return end > 0 && NOUNS_OF_KEYS.contains(rest.substring(0, end).toLowerCase(Locale.ROOT))
                ? Optional.of("/api/admin/" + rest.substring(0, end).toLowerCase(Locale.ROOT) + rest.substring(end))
                : Optional.empty();
    }

    /// Returns true for the paths that programs with keys use: `/v1/X` is `/api/admin/X` for them.
    static boolean isForKeys(String path) {
        return path.regionMatches(true, 0, "/v1/", 0, 4) || path.regionMatches(true, 0, "/api/v1/", 0, 8);
    }

    /// Filters by the second character, which rules out most paths: the areas begin with `a`, `s` and `v`. `public` is
    /// an area below `/api` only: `/public/maya` is a user's page.
    private static boolean isCandidate(String path) {
        return path.length() >= 4
                && switch (path.charAt(1)) {
                    case 'a', 'A', 's', 'S', 'v', 'V' -> true;
                    default -> false;
                };
    }
}
