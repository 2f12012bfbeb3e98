package dev.banyan.accounts.search;

import static dev.banyan.accounts.search.SearchKind.COMMAND;
import static dev.banyan.accounts.search.SearchKind.PLACE;

import module java.base;
import dev.banyan.platform.web.page.NavItem;

/// A page of the dashboard that the search finds by its name and by other words for it, or something that can be done
/// there. It is found whether the account hides its area or not.
///
/// @param section the entry of the sidebar that it belongs to; who has not got that entry doesn't find it
/// @param words other words that people may type
record SearchPlace(SearchKind kind, String title, String words, NavItem section, String path) {

    private static final String PROFILE = "/admin/settings#profile-h";

    static final List<SearchPlace> ALL = List.of(
            command(
                    "Create brand",
                    "new add sub-account client customer",
                    NavItem.BRANDS,
                    "/admin/users/sub-accounts/new"),
            command("Create page", "new add", NavItem.PAGES, "/admin/pages/new"),
            command("Create short link", "new add url shorten", NavItem.SHORT_LINKS, "/admin/short-links/new"),
            command("Import short links", "csv upload", NavItem.SHORT_LINKS, "/admin/short-links/import"),
            command("Create project", "new add", NavItem.PROJECTS, "/projects/new"),
            command(
                    "Add number",
                    "new create link phone whatsapp sender pool master",
                    NavItem.POOLS,
                    "/admin/pools/masters/new"),
            command("Invite member", "new add user person team colleague", NavItem.MEMBERS, "/admin/users/people/new"),
            command("Create API key", "new add token program", NavItem.API_KEYS, "/admin/api-keys"),
            command(
                    "Add webhook",
                    "new events n8n Zapier integration program",
                    NavItem.API_KEYS,
                    "/admin/integrations"),
            place("Home", "dashboard start overview", NavItem.DASHBOARD),
            place("Brands", "sub-accounts clients customers", NavItem.BRANDS),
            place("Pages", "links profile editor", NavItem.PAGES),
            place("Short links", "urls", NavItem.SHORT_LINKS),
            place("Analytics", "views clicks visitors statistics reports", NavItem.ANALYTICS),
            new SearchPlace(PLACE, "Analytics of all brands", "compare", NavItem.BRANDS, "/admin/analytics/brands"),
            place("Projects", "workspaces", NavItem.PROJECTS),
            place("Numbers", "pools whatsapp senders phones", NavItem.POOLS),
            place("Members", "users people team invitations roles", NavItem.MEMBERS),
            place("Plan", "subscription billing packs upgrade change tier", NavItem.SUBSCRIPTION),
            place("Audit log", "history activity changes", NavItem.AUDIT),
            place("API keys", "tokens programs", NavItem.API_KEYS),
            place("Settings", "preferences account", NavItem.SETTINGS),
            setting("Profile settings", "name bio display", PROFILE),
            setting("Change username", "rename address", "/admin/settings/username"),
            setting("Change email", "sign-in address", "/admin/settings#email-h"),
            setting("Change password", "security sign-in", "/admin/settings#password-h"),
            setting("Two-step verification", "security 2fa mfa code app", "/admin/settings/second-factor"),
            setting("Passkeys", "security fingerprint", "/admin/settings/passkeys"),
            setting("Sessions", "devices sign out security", "/admin/settings#sessions"),
            setting("Navigation settings", "menu areas hide show", "/admin/settings#navigation"),
            setting("Theme", "dark light mode colors appearance", "/admin/settings#look-h"),
            new SearchPlace(PLACE, "Pages or brands?", "help difference", NavItem.DASHBOARD, "/help/accounts"),
            new SearchPlace(PLACE, "Documentation", "docs help guides manual", NavItem.DASHBOARD, "/docs"),
            new SearchPlace(PLACE, "Switch account", "brand context", NavItem.DASHBOARD, "/admin/context"));

    private static SearchPlace command(String title, String words, NavItem section, String path) {
        return new SearchPlace(COMMAND, title, words, section, path);
    }

    private static SearchPlace place(String title, String words, NavItem section) {
        return new SearchPlace(PLACE, title, words, section, section.path);
    }

    private static SearchPlace setting(String title, String words, String path) {
        return new SearchPlace(PLACE, title, words, NavItem.SETTINGS, path);
    }

    /// Returns true for a person's own settings, which no brand has.
    boolean isPersonal() {
        return section == NavItem.SETTINGS && !path.equals(section.path) && !path.equals(PROFILE);
    }

    /// Returns the route that it opens.
    String route() {
        return "GET " + path.replaceFirst("#.*", "");
    }
}
