package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.config.Area;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.page.NavGroup;
import dev.banyan.platform.web.page.NavItem;
import jakarta.inject.Singleton;

/// Says which entries the sidebar has for a member of an account, and which of them the account hides.
@Singleton
public record Navigation(Settings settings) {

    private static final List<NavItem> MAIN =
            List.of(NavItem.DASHBOARD, NavItem.BRANDS, NavItem.PAGES, NavItem.SHORT_LINKS, NavItem.ANALYTICS);
    private static final List<NavItem> OF_WORKSPACES = List.of(NavItem.PROJECTS, NavItem.INBOXES);
    private static final List<NavItem> OF_WHATSAPP = List.of(NavItem.POOLS);
    private static final List<NavItem> OF_ACCOUNT =
            List.of(NavItem.MEMBERS, NavItem.SUBSCRIPTION, NavItem.AUDIT, NavItem.API_KEYS, NavItem.SETTINGS);
    private static final List<NavItem> OF_SERVER = List.of(
            NavItem.OPERATOR_START,
            NavItem.OPERATOR_ACCOUNTS,
            NavItem.OPERATOR_MAIL,
            NavItem.OPERATOR_BACKUPS,
            NavItem.OPERATOR_LIMITS,
            NavItem.OPERATOR_FIGURES,
            NavItem.OPERATOR_JOBS,
            NavItem.OPERATOR_AUDIT);

    /// What entries count.
    ///
    /// @param unread conversations of all inboxes
    record Counts(long brands, long unread) {

        private Optional<NavGroup.Count> of(NavItem item) {
            return switch (item) {
                case BRANDS -> count(brands, brands == 1 ? "brand" : "brands");
                case INBOXES -> count(unread, "unread");
                default -> Optional.empty();
            };
        }

        private static Optional<NavGroup.Count> count(long number, String words) {
            return number == 0 ? Optional.empty() : Optional.of(new NavGroup.Count((int) number, words, false));
        }
    }

    /// Entries that a sub-account doesn't have, because its agency has them.
    private static final Set<NavItem> OF_ROOTS = EnumSet.of(
            NavItem.BRANDS, NavItem.POOLS, NavItem.MEMBERS, NavItem.SUBSCRIPTION, NavItem.AUDIT, NavItem.API_KEYS);

    private static final Set<NavItem> OF_OWNERS = EnumSet.of(
            NavItem.BRANDS, NavItem.MEMBERS, NavItem.SUBSCRIPTION, NavItem.AUDIT, NavItem.API_KEYS, NavItem.SETTINGS);

    /// Returns true if this server sells plans.
    boolean sells() {
        return settings.plans().hasPrices();
    }

    /// Returns true if the account has the entry for this member, hidden or not.
    public static boolean has(AccountContext context, NavItem item) {
        boolean ofWorkspaces = item == NavItem.PROJECTS || item == NavItem.INBOXES || item == NavItem.POOLS;
        return (OF_ROOTS.contains(item) ? !context.isSubAccount() : isOfAccounts(item))
                && (!OF_OWNERS.contains(item) || context.membership().isOwner())
                && (!ofWorkspaces || context.membership().workspaces());
    }

    private static boolean isOfAccounts(NavItem item) {
        return item != NavItem.NONE && !OF_SERVER.contains(item);
    }

    /// Returns the areas that an account hides.
    ///
    /// @param chosen what its owner chose; empty before that
    public Set<Area> hidden(Optional<Set<Area>> chosen) {
        return chosen.orElse(settings.hiddenAreas());
    }

    List<NavGroup> of(
            AccountContext context, Optional<Set<Area>> chosen, NavItem current, Counts counts, boolean operator) {
        Set<Area> hidden = hidden(chosen);
        var groups = new ArrayList<NavGroup>();
        add(groups, context, Optional.empty(), MAIN, hidden, current, counts);
        add(groups, context, Optional.of("Workspaces"), OF_WORKSPACES, hidden, current, counts);
        add(groups, context, Optional.of("WhatsApp"), OF_WHATSAPP, hidden, current, counts);
        add(groups, context, Optional.of(context.acting().displayName()), OF_ACCOUNT, hidden, current, counts);
        if (operator) {
            groups.add(ofServer("?as=" + context.acting().username(), current, false));
        }
        return List.copyOf(groups);
    }

    /// A hidden entry is there as long as its page is open, so that the sidebar always says where one is.
    private static void add(
            List<NavGroup> groups,
            AccountContext context,
            Optional<String> heading,
            List<NavItem> items,
            Set<Area> hidden,
            NavItem current,
            Counts counts) {
        List<NavGroup.Link> links = items.stream()
                .filter(item -> has(context, item))
                .filter(item ->
                        item == current || item.area.filter(hidden::contains).isEmpty())
                .map(item -> link(item, item.label, "?as=" + context.acting().username(), current, counts.of(item)))
                .toList();
        if (!links.isEmpty()) {
            groups.add(new NavGroup(heading, links));
        }
    }

    /// @param alone without an account, the operator's own settings are part of the server's entries
    static NavGroup ofServer(String query, NavItem current, boolean alone) {
        var links = new ArrayList<NavGroup.Link>();
        OF_SERVER.forEach(item -> links.add(link(item, item.label, query, current, Optional.empty())));
        if (alone) {
            links.add(new NavGroup.Link(
                    "Security", NavItem.SETTINGS.path, "lock", current == NavItem.SETTINGS, Optional.empty()));
        }
        return new NavGroup(Optional.of("This server"), List.copyOf(links));
    }

    private static NavGroup.Link link(
            NavItem item, String label, String query, NavItem current, Optional<NavGroup.Count> count) {
        return new NavGroup.Link(label, item.path + query, item.icon, item == current, count);
    }
}
