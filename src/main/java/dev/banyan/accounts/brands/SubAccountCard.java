package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.SubAccountField;
import dev.banyan.accounts.brands.SubAccounts.SubAccount;
import dev.banyan.accounts.context.BrandTrends;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.platform.web.page.Words;

/// A sub-account as the pages of its agency show it. `ref` identifies it in addresses: the username, or the id of a
/// deleted one, whose name another may have. `left` says how long a deleted one can be restored; `picture` is the
/// path of its picture, `preview` of its public page's.
public record SubAccountCard(
        String ref,
        String username,
        String displayName,
        Optional<String> label,
        String tierLabel,
        long pages,
        long links,
        State state,
        Optional<String> readOnlyUntil,
        Optional<String> left,
        Optional<String> picture,
        Optional<String> preview,
        Optional<BrandTrends.Trend> trend) {

    /// The displayed state.
    enum State {
        ACTIVE("Active", "good"),
        READ_ONLY("Read-only", "warn"),
        SUSPENDED("Suspended", "warn"),
        DELETED("Deleted", "idle");

        public final String word;
        public final String tone;

        State(String word, String tone) {
            this.word = word;
            this.tone = tone;
        }
    }

    public static SubAccountCard of(SubAccount subAccount, Instant now) {
        return of(subAccount, now, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static SubAccountCard of(
            SubAccount subAccount,
            Instant now,
            Optional<String> picture,
            Optional<String> preview,
            Optional<BrandTrends.Trend> trend) {
        Account account = subAccount.account();
        State state = stateOf(account);
        return new SubAccountCard(
                state == State.DELETED ? account.id().toString() : account.username(),
                account.username(),
                account.displayName(),
                subAccount.details().fields().of(SubAccountField.INTERNAL_LABEL),
                subAccount.tier().label() + " tier",
                subAccount.pages(),
                subAccount.links(),
                state,
                state == State.READ_ONLY ? account.suspendsAt().map(Words::day) : Optional.empty(),
                subAccount.details().deletedAt().map(at -> left(at, now)),
                picture,
                preview,
                trend);
    }

    private static State stateOf(Account account) {
        return switch (account.status()) {
            case ACTIVE -> account.isReadOnly() ? State.READ_ONLY : State.ACTIVE;
            case SUSPENDED -> State.SUSPENDED;
            case DELETED -> State.DELETED;
        };
    }

    /// Returns how long it can be restored. The day on which the time ends counts as one.
    private static String left(Instant deletedAt, Instant now) {
        Duration left = Duration.between(now, deletedAt.plus(SubAccountLife.KEPT));
        return left.isPositive()
                ? Words.count(left.minusMillis(1).toDays() + 1, "day", "days") + " left"
                : "will be erased soon";
    }

    public Avatar avatar() {
        return Avatar.of(displayName, username);
    }

    /// Returns the label for an address.
    public String labelQuery() {
        return URLEncoder.encode(label.orElse(""), StandardCharsets.UTF_8);
    }

    public String href() {
        return "/admin/users/sub-accounts/" + ref;
    }

    public String pagesText() {
        return Words.count(pages, "page", "pages");
    }

    public String linksText() {
        return Words.count(links, "link", "links");
    }

    public boolean active() {
        return state == State.ACTIVE;
    }

    public boolean readOnly() {
        return state == State.READ_ONLY;
    }

    public boolean suspended() {
        return state == State.SUSPENDED;
    }

    public boolean deleted() {
        return state == State.DELETED;
    }

    /// Returns true if the sub-account can be opened, be it only to read.
    public boolean open() {
        return active() || readOnly();
    }
}
