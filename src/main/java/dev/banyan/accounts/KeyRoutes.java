package dev.banyan.accounts;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which permission a key needs for which route (LinkToMe contract 2): all that programs can do stands here.
final class KeyRoutes {

    /// Routes that need a session, for they change or tell it.
    static final Set<String> OF_SESSIONS = Set.of("switchtosubaccount", "switchtoparentaccount", "getactivecontext");

    private static final Map<String, String> PERMISSIONS = Stream.of(
                    allow("read:profile", "GetProfile"),
                    allow("write:password", "UpdatePassword"),
                    allow("write:email", "UpdateEmail"),
                    allow("write:phone", "UpdatePhone"),
                    allow("write:2fauth", "2fatokensetup"),
                    allow("read:pages", "GetPages", "GetDeletedContents"),
                    allow("write:pages", "CreatePage", "CopyPage", "UpdatePage", "ReorderPages", "DeletePage", "RestoreContent"),
                    allow("read:links", "GetLinks"),
                    allow("write:links", "UpdateLinks"),
                    allow("read:appearance", "GetAppearance"),
                    allow("write:appearance", "UpdateAppearance"),
                    allow("read:shortlinks", "getShortLinks"),
                    allow("write:shortlinks", "updateShortLinks"),
                    allow(
                            "read:analytics",
                            "GetAnalytics",
                            "getShortLinkAnalytics",
                            "GetBrandAnalytics",
                            "ExportAnalytics"),
                    allow("read:apiauth", "apikeyslist", "GetApiKeys"),
                    allow("create:apiauth", "apikeyscreate"),
                    allow("update:apiauth", "apikeysupdate"),
                    allow("delete:apiauth", "apikeysdelete"),
                    allow("list:user_manager", "UserManagerList"),
                    allow("invite:user_manager", "UserManagerInvite"),
                    allow("respond:user_manager", "UserManagerRespond"),
                    allow("remove:user_manager", "UserManagerRemove"),
                    allow(
                            "manage:subaccounts",
                            "GetSubAccounts",
                            "CreateSubAccount",
                            "UpdateSubAccount",
                            "UpdateSubAccountStatus",
                            "DeleteSubAccount",
                            "RestoreSubAccount",
                            "CheckUsername"),
                    allow("read:subscription", "GetSubscription", "previewDowngrade"),
                    allow(
                            "write:subscription",
                            "createCheckoutSession",
                            "createPortalSession",
                            "upgradeSubscription",
                            "executeDowngrade"))
            .flatMap(map -> map.entrySet().stream())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private KeyRoutes() {}

    /// @param name of the route, in any case
    /// @return empty where no key leads
    static Optional<String> permission(String name) {
        return Optional.ofNullable(PERMISSIONS.get(name.toLowerCase(Locale.ROOT)));
    }

    private static Map<String, String> allow(String permission, String... names) {
        return Stream.of(names).collect(Collectors.toMap(name -> name.toLowerCase(Locale.ROOT), _ -> permission));
    }
}
