package dev.banyan.platform.web.page;

import module java.base;

/// Everything that the layout around a signed-in page needs. For an operator without an account, `acting` is empty.
/// `recent` are the brands that the person switched to last, `brands` the newest of the others, as many as the switcher
/// shows before a search; `managed` are accounts of other owners that the person works for, and `invitations` counts
/// the open invitations. `support` is there while an operator acts for the account, and `tasks` are what goes on in the
/// background. `sells` is true if this account is
/// offered larger plans: its server has
/// prices, and its plan limits. `mailing` is true if this server sends email: where it can't, no page promises one.
/// `path` is where the theme form returns to: this page, or the dashboard if this page is the answer to a form.
/// `version` is that of styles and scripts, `release` that of the program.
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
        List<NavGroup> nav,
        boolean operator,
        boolean sells,
        boolean mailing,
        Optional<Support> support,
        List<LongTask> tasks,
        Optional<String> toast,
        Optional<String> theme,
        String path,
        String version,
        String release) {

    /// The signed-in person; `picture` is a path.
    public record Person(String name, String email, Optional<String> picture) {
        public Avatar avatar() {
            return Avatar.of(name.replaceFirst("@.*", ""), email);
        }
    }

    /// An operator who acts for the account: the reader themselves (`own`), or somebody for whom the reader is an
    /// owner. `until` is a moment.
    public record Support(boolean own, String account, TimeText until, String reason) {}

    /// The account that this page was drawn for, and the person's own one, which are the same until they switch; `sub`
    /// is true if they differ: a sub-account, or an account of other owners. `readOnlyUntil` is a day, such as "13
    /// December 2026", while nothing can be changed in it. `manages` says whether the person is an owner of their
    /// own one, and may open its brands and its subscription.
    public record Acting(Brand account, boolean sub, Brand own, boolean manages) {
        public String displayName() {
            return account.displayName();
        }

        public String username() {
            return account.username();
        }

        public String ownUsername() {
            return own.username();
        }
    }

    /// Returns the title of the window: what the page shows, the section, and the brand if it is not the person's own.
    public String windowTitle() {
        return Stream.of(
                        Stream.of(title),
                        Stream.of(current.label).filter(label -> !label.isEmpty() && !label.equals(title)),
                        acting.filter(Acting::sub).map(Acting::displayName).stream(),
                        Stream.of("Banyan"))
                .flatMap(Function.identity())
                .distinct()
                .collect(Collectors.joining(" – "));
    }

    /// Returns the link to larger plans; to the account's own plan where there is nothing to buy.
    public String upgrade() {
        return sells ? "Upgrade…" : "See your plan";
    }

    /// Returns the same for a link in a sentence.
    public String plans() {
        return sells ? "Compare plans" : "See your plan";
    }

    /// Returns the account that this page was drawn for, for the forms of the page; empty without an account.
    public String as() {
        return acting.map(Acting::username).orElse("");
    }

    /// Returns the same for links: `?as=username`, or empty.
    public String query() {
        return acting.map(account -> queryFor(account.username())).orElse("");
    }

    /// Returns the query for links that belong to the person's own account, such as the list of brands.
    public String ownQuery() {
        return acting.map(account -> queryFor(account.ownUsername())).orElse("");
    }

    public boolean actingForSub() {
        return acting.map(Acting::sub).orElse(false);
    }

    /// Returns true if there is anything to switch to.
    public boolean switchable() {
        return subAccountCount > 0 || actingForSub() || !managed.isEmpty();
    }

    /// Returns true if the switcher shows all brands before a search.
    public boolean allShown() {
        return recent.size() + brands.size() >= subAccountCount;
    }

    /// Returns until when the account that this page was drawn for is read-only; empty if it is not.
    public Optional<String> readOnlyUntil() {
        return acting.flatMap(acting -> acting.account().readOnlyUntil());
    }

    /// Returns how many tasks are running, for screen readers.
    public String tasksText() {
        return Words.count(tasks.size(), "task", "tasks") + " in progress";
    }

    public boolean onDashboard() {
        return current == NavItem.DASHBOARD;
    }

    public boolean onInboxes() {
        return current == NavItem.INBOXES;
    }

    /// Returns how many conversations are unread in all inboxes, on the page that lists them; empty for none.
    public String unread() {
        return onInboxes()
                ? links().filter(NavGroup.Link::current)
                        .flatMap(link -> link.count().stream())
                        .map(count -> Integer.toString(count.number()))
                        .findFirst()
                        .orElse("")
                : "";
    }

    /// Whether the person gets to the account's numbers from here.
    public boolean showPools() {
        return links().anyMatch(link -> link.href().startsWith(NavItem.POOLS.path));
    }

    private Stream<NavGroup.Link> links() {
        return nav.stream().flatMap(group -> group.links().stream());
    }

    /// Returns the section that this page belongs to, which another account opens in when one switches to it.
    public String section() {
        return current.key();
    }

    private static String queryFor(String username) {
        return "?as=" + URLEncoder.encode(username, StandardCharsets.UTF_8);
    }
}
