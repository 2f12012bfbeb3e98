package dev.banyan.platform.web.page;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.config.Area;

/// The entries of the sidebar, in their order; `NONE` for pages without an entry of their own.
public enum NavItem implements Keyed {
    DASHBOARD("Home", "/admin/dashboard", "home"),
    BRANDS("Brands", "/admin/brands", "users", Area.BRANDS),
    PAGES("Pages", "/admin/pages", "page", Area.PAGES),
    SHORT_LINKS("Short links", "/admin/short-links", "link", Area.SHORT_LINKS),
    ANALYTICS("Analytics", "/admin/analytics", "chart", Area.ANALYTICS),
    PROJECTS("Projects", "/projects", "layers", Area.PROJECTS),
    INBOXES("Inbox", "/admin/inboxes", "chat", Area.PROJECTS),
    POOLS("Numbers", "/admin/pools", "pool", Area.NUMBERS),
    MEMBERS("Members", "/admin/users", "user", Area.MEMBERS),
    SUBSCRIPTION("Plan", "/admin/subscription", "card"),
    AUDIT("Audit log", "/admin/audit", "clock", Area.AUDIT_LOG),
    API_KEYS("API keys", "/admin/api-keys", "key", Area.API_KEYS),
    SETTINGS("Settings", "/admin/settings", "gear"),
    OPERATOR_START("Overview", "/operator", "home"),
    OPERATOR_ACCOUNTS("Accounts", "/operator/accounts", "users"),
    OPERATOR_MAIL("Mail", "/operator/mail", "send"),
    OPERATOR_BACKUPS("Backups", "/operator/backups", "download"),
    OPERATOR_LIMITS("Limits", "/operator/limits", "gear"),
    OPERATOR_FIGURES("Metrics", "/operator/figures", "pulse"),
    OPERATOR_JOBS("Jobs", "/operator/jobs", "clock"),
    OPERATOR_AUDIT("Audit log", "/operator/audit", "clock"),
    NONE("", "", "");

    public final String label;
    /// The address of its first page, without a query.
    public final String path;
    public final String icon;
    /// The area with which an account can hide it; empty if it is always shown.
    public final Optional<Area> area;

    NavItem(String label, String path, String icon) {
        this(label, path, icon, Optional.empty());
    }

    NavItem(String label, String path, String icon, Area area) {
        this(label, path, icon, Optional.of(area));
    }

    NavItem(String label, String path, String icon, Optional<Area> area) {
        this.label = label;
        this.path = path;
        this.icon = icon;
        this.area = area;
    }

    /// The document for people about these pages, which the help menu offers.
    public String guide() {
        return switch (this) {
            case DASHBOARD, BRANDS, SUBSCRIPTION, SETTINGS, NONE -> "/docs/guides/agency-owner";
            case PAGES -> "/docs/guides/agency-owner#publish-a-brands-page";
            case SHORT_LINKS -> "/docs/guides/agency-owner#share-a-short-link";
            case ANALYTICS -> "/docs/guides/agency-owner#see-what-visitors-do";
            case MEMBERS -> "/docs/guides/agency-owner#invite-your-team";
            case PROJECTS -> "/docs/guides/agency-owner#give-a-client-a-workspace";
            case INBOXES -> "/docs/guides/workspace-admin#answer-customers";
            case POOLS -> "/docs/guides/numbers";
            case AUDIT -> "/docs/security";
            case API_KEYS -> "/docs/guides/integrator";
            case OPERATOR_START, OPERATOR_ACCOUNTS, OPERATOR_JOBS, OPERATOR_AUDIT ->
                "/docs/operations#the-operators-pages";
            case OPERATOR_MAIL -> "/docs/guides/self-hosting#send-email";
            case OPERATOR_BACKUPS -> "/docs/operations#backup";
            case OPERATOR_LIMITS -> "/docs/operations#the-operators-account-and-plans";
            case OPERATOR_FIGURES -> "/docs/operations#metrics";
        };
    }
}
