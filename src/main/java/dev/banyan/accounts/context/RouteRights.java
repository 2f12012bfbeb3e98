package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.Membership;

/// The permission that each route on an account needs (LinkToMe contract 2 and 3.3): one table for programs and pages.
/// Managers can't use routes that are not in it.
public final class RouteRights {

    private record Rule(Pattern routes, String permission, boolean ofManagers) {

        Rule(Pattern routes, String permission) {
            this(routes, permission, false);
        }

        /// Also allows managers without the permission: the operation shows them their part.
        Rule alsoOfManagers() {
            return new Rule(routes, permission, true);
        }
    }

    /// The permission that every member of an account has.
    private static final String EVERY_MEMBER = "read:dashboard";

    private static final String API = "[A-Z]+ /api/admin/(";

    private static final Pattern READING = Pattern.compile(
            "(GET|HEAD) .*|POST (/admin/context|/api/admin/SwitchTo(SubAccount|ParentAccount))",
            Pattern.CASE_INSENSITIVE);

    /// The first match counts.
    private static final List<Rule> RULES = List.of(
            api("GetProfile", "read:profile"),
            api("UpdateUsername", "write:profile"), // the operation lets in owners only
            api("UpdatePassword", "write:password"),
            api("UpdateEmail", "write:email"),
            api("UpdatePhone", "write:phone"),
            api("UpdateLanguage", "write:appearance"),
            api("2fatokensetup", "write:2fauth"),
            // the search shows of other things what the caller may see
            api("GetPages|GetDeletedContents|search", "read:pages"),
            api("CreatePage|UpdatePage|DeletePage|CopyPage|ReorderPages|RestoreContent", "write:pages"),
            api("GetLinks", "read:links"),
            api("UpdateLinks", "write:links"),
            api("GetAppearance", "read:appearance"),
            api("UpdateAppearance", "write:appearance"),
            api("getShortLinks", "read:shortlinks"),
            api("updateShortLinks", "write:shortlinks"),
            api("GetBrandAnalytics", "manage:subaccounts"),
            api("GetAnalytics|getShortLinkAnalytics|ExportAnalytics", "read:analytics"),
            api("apikeyslist|GetApiKeys|api-requests", "read:apiauth"),
            api("apikeyscreate", "create:apiauth"),
            api("apikeysupdate", "update:apiauth"),
            api("apikeysdelete", "delete:apiauth"),
            api("webhooks(/.*)?", "update:apiauth"),
            api("domains(/.*)?", "write:pages"),
            // the operations let in owners only
            api("sso(/.*)?", "manage:users"),
            api("ExportSubAccount", "manage:users"),
            api("GetExports|exports(/.*)?", "manage:users"),
            api("support(/.*)?", "manage:users"),
            api("audit", "read:users"),
            api("UserManagerList", "list:user_manager"),
            api("UserManagerInvite", "invite:user_manager"),
            api("UserManagerRespond", "respond:user_manager"),
            api("AcceptConversion", "respond:user_manager"),
            api("UserManagerUpdate", "manage:users"),
            api("RequireSecondFactor", "manage:users"),
            api("UserManagerRemove", "remove:user_manager"),
            api("SwitchTo(SubAccount|ParentAccount)|GetActiveContext", EVERY_MEMBER),
            api("GetSubAccounts", "manage:subaccounts").alsoOfManagers(),
            api(
                    "CreateSubAccount|UpdateSubAccount(Status)?|(Delete|Restore)SubAccount|CheckUsername"
                            + "|GetTransfers|brand-templates(/.*)?|ImportSubAccount",
                    "manage:subaccounts"),
            api("(Transfer|Convert)SubAccount|(Accept|End|Undo)Transfer", "manage:subaccounts"),
            api("GetSubscription|previewDowngrade", "read:subscription"),
            api("createCheckoutSession|createPortalSession|upgradeSubscription|executeDowngrade", "write:subscription"),
            read("/admin/pages/[^/]+/appearance", "read:appearance"),
            any("/admin/pages/[^/]+/appearance", "write:appearance"),
            any("/admin/pages/[^/]+/(links|groups|place)", "write:links"),
            read("/admin/pages", "read:pages"),
            any("/admin/pages", "write:pages"),
            read("/admin/short-links", "read:shortlinks"),
            any("/admin/short-links", "write:shortlinks"),
            any("/admin/analytics/brands", "manage:subaccounts"),
            read("/admin/analytics", "read:analytics"),
            any("/admin/analytics", "write:profile"),
            read("/admin/api-keys", "read:apiauth"),
            any("/admin/api-keys", "update:apiauth"),
            read("/admin/integrations", "read:apiauth"),
            any("/admin/integrations", "update:apiauth"),
            any("/admin/custom-domains", "write:pages"),
            any(
                    "/admin/users/sub-accounts|/admin/brands/(templates|bulk|looks|import)|/admin/moves",
                    "manage:subaccounts"),
            any("/admin/users/sso", "manage:users"),
            read("/admin/(users|brands)", "read:users"),
            any("/admin/users", "manage:users"),
            read("/admin/subscription", "read:subscription"),
            any("/admin/subscription", "write:subscription"),
            read("/admin/audit(\\.csv)?", "read:users"),
            read("/admin/settings", "read:usersettings"),
            any("/admin/settings/navigation", "manage:users"),
            any("/admin/settings/username", "write:profile"),
            any("/admin/settings/email", "write:email"),
            any("/admin/settings/password", "write:password"),
            any("/admin/settings/phone", "write:phone"),
            any("/admin/settings", "read:usersettings"),
            any("/admin/export|/admin/support-access", "manage:users"),
            any("/admin/checklist", "manage:users"),
            any(
                    "/admin/(dashboard|context|search|tasks|pictures|links|appearance|shortlinks|apiauth)|/admin$|/help",
                    EVERY_MEMBER),
            // A pool's messages are what customers write to workspaces, so pools need the same permission.
            any("/projects|/admin/pools|/admin/inboxes", Membership.WORKSPACES),
            any("/api/(projects|sub-client|sub-clients|whatsapp|inboxes)", Membership.WORKSPACES));

    private RouteRights() {}

    /// @param route method and canonical path, such as `GET /admin/users`
    public static boolean permit(String route, Membership membership) {
        return membership.isOwner()
                || (!membership.readOnly() || reads(route))
                        && rule(route)
                                .filter(rule -> rule.ofManagers() || membership.permits(rule.permission()))
                                .isPresent();
    }

    /// Returns true if the route changes nothing in the account, as far as its method says; switching to it does not.
    private static boolean reads(String route) {
        return READING.matcher(route).matches();
    }

    public static Optional<String> permission(String route) {
        return rule(route).map(Rule::permission);
    }

    /// Returns true if an operator who acts for an account may use the route, as far as its permission goes.
    public static boolean permitSupport(String route) {
        return rule(route)
                .filter(rule -> Membership.SUPPORT.permits(rule.permission()))
                .isPresent();
    }

    /// Returns true for routes of projects and their numbers.
    static boolean isOfWorkspaces(String route) {
        return permission(route).equals(Optional.of(Membership.WORKSPACES));
    }

    private static Optional<Rule> rule(String route) {
        return RULES.stream()
                .filter(rule -> rule.routes().matcher(route).matches())
                .findFirst();
    }

    private static Rule api(String names, String permission) {
        return new Rule(Pattern.compile(API + names + ")", Pattern.CASE_INSENSITIVE), permission);
    }

    /// Allows reading a page and the pages below it.
    private static Rule read(String pages, String permission) {
        return new Rule(Pattern.compile("(GET|HEAD) (" + pages + ")(/.*)?"), permission);
    }

    private static Rule any(String pages, String permission) {
        return new Rule(Pattern.compile("[A-Z]+ (" + pages + ")(/.*)?"), permission);
    }
}
