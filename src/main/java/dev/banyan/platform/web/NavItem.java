package dev.banyan.platform.web;

/** The places of the sidebar; {@code NONE} for pages that have no entry of their own. */
public enum NavItem {
    DASHBOARD,
    PAGES,
    SHORT_LINKS,
    ANALYTICS,
    PROJECTS,
    POOLS,
    USERS,
    SUBSCRIPTION,
    AUDIT,
    SETTINGS,
    OPERATOR_ACCOUNTS,
    OPERATOR_AUDIT,
    OPERATOR_FIGURES,
    NONE
}
