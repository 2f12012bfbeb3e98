package dev.banyan.platform.web.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Everything that the layout around a signed-in page needs. An operator may have no account, then `acting` is empty.
/// `recent` are the brands to which the person switched last, `brands` the youngest of the others, as many as the
/// switcher shows before one types; `managed` are accounts of others for which the person works, and `invitations`
/// counts those that ask. `path` is where the theme form leads back to: this page, or the dashboard where this page is
/// the answer to a form.
public record PageFrame(
        String title,
        NavItem current,
        Person person,
        Optional<Acting> acting,
        List<Brand> recent,
        List<Brand> brands,
        List<Brand> managed,
        int subAccountCount,
        int invitations,
        boolean showProjects,
        boolean showPools,
        boolean showUsers,
        boolean showSettings,
        boolean operator,
        Optional<String> toast,
        Optional<String> theme,
        String path,
        String version) {

    /// Who signed in.
    public record Person(String name, String email) {
        public Avatar avatar() {
            return Avatar.of(name.replaceFirst("@.*", ""), email);
        }
    }

    /// The account that this page was drawn for, and the person's own one, which are the same until they switch; `sub`
    /// says that they are not: a sub-account, or an account of others. `readOnlyUntil` is a day, such as "13 December
    /// 2026", while nothing can be changed in it.
    public record Acting(
            String displayName,
            String username,
            boolean sub,
            Optional<String> readOnlyUntil,
            String ownDisplayName,
            String ownUsername) {
        public Avatar avatar() {
            return Avatar.of(displayName, username);
        }

        public Avatar ownAvatar() {
            return Avatar.of(ownDisplayName, ownUsername);
        }
    }

    /// The account that this page was drawn for, as every form carries it; empty without an account.
    public String as() {
        return acting.map(Acting::username).orElse("");
    }

    /// The same for links: `?as=username`, or nothing.
    public String query() {
        return acting.map(account -> queryFor(account.username())).orElse("");
    }

    /// For links that belong to the person's own account, such as the list of brands.
    public String ownQuery() {
        return acting.map(account -> queryFor(account.ownUsername())).orElse("");
    }

    public boolean actingForSub() {
        return acting.map(Acting::sub).orElse(false);
    }

    /// Whether there is anything to switch to.
    public boolean switchable() {
        return subAccountCount > 0 || actingForSub() || !managed.isEmpty();
    }

    /// Whether the switcher shows all brands before one types.
    public boolean allShown() {
        return recent.size() + brands.size() >= subAccountCount;
    }

    /// Until when the account that this page was drawn for can only be read, if so.
    public Optional<String> readOnlyUntil() {
        return acting.flatMap(Acting::readOnlyUntil);
    }

    public boolean onDashboard() {
        return current == NavItem.DASHBOARD;
    }

    public boolean onPages() {
        return current == NavItem.PAGES;
    }

    public boolean onShortLinks() {
        return current == NavItem.SHORT_LINKS;
    }

    public boolean onAnalytics() {
        return current == NavItem.ANALYTICS;
    }

    public boolean onProjects() {
        return current == NavItem.PROJECTS;
    }

    public boolean onPools() {
        return current == NavItem.POOLS;
    }

    public boolean onUsers() {
        return current == NavItem.USERS;
    }

    public boolean onSubscription() {
        return current == NavItem.SUBSCRIPTION;
    }

    public boolean onSettings() {
        return current == NavItem.SETTINGS;
    }

    public boolean onOperatorStart() {
        return current == NavItem.OPERATOR_START;
    }

    public boolean onOperatorMail() {
        return current == NavItem.OPERATOR_MAIL;
    }

    public boolean onOperatorLimits() {
        return current == NavItem.OPERATOR_LIMITS;
    }

    public boolean onOperatorAccounts() {
        return current == NavItem.OPERATOR_ACCOUNTS;
    }

    public boolean onAudit() {
        return current == NavItem.AUDIT;
    }

    public boolean onApiKeys() {
        return current == NavItem.API_KEYS;
    }

    public boolean onOperatorJobs() {
        return current == NavItem.OPERATOR_JOBS;
    }

    public boolean onOperatorAudit() {
        return current == NavItem.OPERATOR_AUDIT;
    }

    public boolean onOperatorFigures() {
        return current == NavItem.OPERATOR_FIGURES;
    }

    private static String queryFor(String username) {
        return "?as=" + URLEncoder.encode(username, StandardCharsets.UTF_8);
    }
}
