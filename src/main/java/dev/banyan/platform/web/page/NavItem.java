package dev.banyan.platform.web.page;

/// The entries of the sidebar; `NONE` for pages without an entry of their own.
public enum NavItem {
    DASHBOARD,
    PAGES,
    SHORT_LINKS,
    ANALYTICS,
    PROJECTS,
    INBOXES,
    POOLS,
    USERS,
    SUBSCRIPTION,
    AUDIT,
    API_KEYS,
    SETTINGS,
    OPERATOR_START,
    OPERATOR_ACCOUNTS,
    OPERATOR_MAIL,
    OPERATOR_LIMITS,
    OPERATOR_AUDIT,
    OPERATOR_FIGURES,
    OPERATOR_JOBS,
    NONE
}
