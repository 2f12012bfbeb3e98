package dev.banyan.accounts.search;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.RecentContextStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Searches everything that a member can see.
@Singleton
public record Searches(Database database, @All List<SearchSource> sources) {

    public static final int LONGEST = 100;

    /// Shown of each kind.
    static final int SHOWN = 5;

    /// Shown of each kind where nothing else is.
    static final int SHOWN_OF_ALL = 25;

    /// Some of what is found may belong to a brand that is suspended.
    private static final int ASKED_FOR_ONE = 3;

    /// A number as people write it: the words of a number have no gaps.
    private static final Pattern PHONE = Pattern.compile("\\+?[\\d\\s()./-]{3,}");

    private static final Pattern NO_DIGITS = Pattern.compile("\\D+");

    /// Something found, and the address of its page.
    ///
    /// @param account the display name of the brand that it belongs to; empty for what belongs to the root account
    public record Item(String title, String detail, String account, String href) {}

    /// What was found of one kind.
    public record Group(SearchKind kind, List<Item> items) {}

    /// Returns what a text finds, by kind; nothing for a blank text.
    public List<Group> find(AccountContext context, String typed) {
        return find(context, typed, SHOWN);
    }

    /// @param most of each kind
    List<Group> find(AccountContext context, String typed, int most) {
        String text = plain(typed);
        if (text.isEmpty()) {
            return List.of();
        }
        SearchScope scope = database.read(tx -> SearchScope.of(tx, context));
        return database.readRecent(tx -> find(tx, scope, text, most));
    }

    /// Returns the brands that a person opened last; nothing for a member of some brands, whose list is short.
    List<Item> recent(AccountContext context) {
        if (!context.membership().everything()) {
            return List.of();
        }
        return database.read(tx -> {
            List<AccountId> recent =
                    new RecentContextStore(tx).list(context.root().id(), context.identity());
            return new AccountStore(tx)
                    .active(recent).stream()
                            .sorted(Comparator.comparing(account -> recent.indexOf(account.id())))
                            .limit(SHOWN)
                            .map(account -> item(BrandSearch.hit(account), account))
                            .toList();
        });
    }

    private List<Group> find(Tx tx, SearchScope scope, String text, int most) {
        List<SearchHit> hits = sources.stream()
                .flatMap(source -> source.find(tx, scope, text, ASKED_FOR_ONE * most).stream())
                .toList();
        Map<AccountId, Account> accounts = accounts(tx, scope.context(), hits);
        var groups = new ArrayList<Group>();
        for (SearchKind kind : SearchKind.values()) {
            List<Item> items = hits.stream()
                    .filter(hit -> hit.kind() == kind)
                    .flatMap(hit ->
                            Stream.ofNullable(accounts.get(hit.account())).map(account -> item(hit, account)))
                    .limit(most)
                    .toList();
            if (!items.isEmpty()) {
                groups.add(new Group(kind, items));
            }
        }
        return List.copyOf(groups);
    }

    /// Returns the accounts whose pages can be opened. Those of the context are known already.
    private static Map<AccountId, Account> accounts(Tx tx, AccountContext context, List<SearchHit> hits) {
        List<AccountId> others = hits.stream()
                .map(SearchHit::account)
                .filter(id -> !id.equals(context.root().id()))
                .distinct()
                .toList();
        Map<AccountId, Account> accounts = new AccountStore(tx)
                .active(others).stream().collect(Collectors.toMap(Account::id, Function.identity()));
        accounts.put(context.root().id(), context.root());
        return accounts;
    }

    private static Item item(SearchHit hit, Account account) {
        int fragment = hit.path().indexOf('#');
        String path = fragment < 0 ? hit.path() : hit.path().substring(0, fragment);
        return new Item(
                hit.title(),
                hit.detail(),
                account.isSubAccount() && hit.kind() != SearchKind.BRAND ? account.displayName() : "",
                path
                        + (path.contains("?") ? "&" : "?")
                        + "as="
                        + account.username()
                        + (fragment < 0 ? "" : hit.path().substring(fragment)));
    }

    private static String plain(String typed) {
        String text = typed.strip();
        String cut =
                text.substring(0, text.offsetByCodePoints(0, Math.min(LONGEST, text.codePointCount(0, text.length()))));
        return PHONE.matcher(cut).matches() ? NO_DIGITS.matcher(cut).replaceAll("") : cut;
    }
}
