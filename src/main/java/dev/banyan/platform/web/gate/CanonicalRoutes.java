package dev.banyan.platform.web.gate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The LinkToMe-style names, in any case and under `/admin` as well as `/api/admin`, on their way to the one spelling
/// that resources use: `/ADMIN/getlinks` becomes `/api/admin/GetLinks`.
final class CanonicalRoutes {

    /// Every name that a resource answers, by area. `CanonicalRoutesTest` holds it against the resources.
    static final Map<String, List<String>> NAMES = Map.of(
            "admin",
            List.of(
                    "CreateSubAccount",
                    "GetSubAccounts",
                    "UpdateSubAccount",
                    "UpdateSubAccountStatus",
                    "DeleteSubAccount",
                    "RestoreSubAccount",
                    "CheckUsername",
                    "RequireSecondFactor",
                    "SwitchToSubAccount",
                    "SwitchToParentAccount",
                    "GetActiveContext",
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
            List.of("listtimers", "runtimer"),
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

    private CanonicalRoutes() {}

    /// @return the canonical path, or empty when `path` is canonical already or none of these names
    static Optional<String> of(String path) {
        if (path.length() < 4 || !isCandidate(path.charAt(1))) {
            return Optional.empty();
        }
        String lower = path.toLowerCase(Locale.ROOT);
        String below = lower.startsWith("/api/") ? lower : "/api" + lower;
        String canonical = PATHS.get(isForKeys(path) ? below.replaceFirst("/api/v1/", "/api/admin/") : below);
        return Optional.ofNullable(canonical).filter(found -> !found.equals(path));
    }

    /// Whether programs come this way with their keys: `/v1/X` is `/api/admin/X` for them.
    static boolean isForKeys(String path) {
        return path.regionMatches(true, 0, "/v1/", 0, 4) || path.regionMatches(true, 0, "/api/v1/", 0, 8);
    }

    /// The areas begin with `a`, `s` and `v`: most paths are told apart by their second character. `public` is an area
    /// below `/api` only: `/public/somebody` is somebody's page.
    private static boolean isCandidate(char first) {
        return switch (first) {
            case 'a', 'A', 's', 'S', 'v', 'V' -> true;
            default -> false;
        };
    }
}
