package dev.banyan.accounts.support;

import module java.base;
import dev.banyan.accounts.AccessChanged;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.SessionStore;
import dev.banyan.accounts.SupportAccess;
import dev.banyan.accounts.SupportAccess.End;
import dev.banyan.accounts.SupportStore;
import dev.banyan.accounts.context.RequiredSecondFactor;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.web.page.Words;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Lets operators act for an account, and its owners decide about that. The row of the access is read with every
/// request of the session, so its end counts at once, on every server.
@Singleton
record Support(
        Database database,
        Settings settings,
        SupportMails mails,
        Audit audit,
        Event<AccessChanged> accessChanged,
        Clock clock,
        Uuids uuids)
        implements Recurring {

    static final int MOST_HOURS = 7 * 24;

    private static final int LISTED = 50;
    private static final int ENDED_AT_ONCE = 100;
    private static final Text REASON = new Text("reason", "Reason", 5, 500, false);

    /// What owners and operators see.
    ///
    /// @param allowedUntil empty without consent
    /// @param history newest first
    public record Overview(Optional<Instant> allowedUntil, List<SupportAccess> history) {}

    /// Returns true if operators may act without consent.
    boolean needsNoConsent() {
        return settings.support() == Settings.SupportAccess.BREAK_GLASS;
    }

    public Overview overview(AccountId root) {
        return database.read(tx -> {
            var store = new SupportStore(tx);
            return new Overview(store.consent(root, clock.instant()), store.list(root, LISTED));
        });
    }

    /// Begins to act for an account, or asks its owners for consent.
    ///
    /// @return the access, which waits if it has not begun
    Outcome<SupportAccess> begin(Caller.Operator operator, Actor actor, AccountId id, String typed) {
        return switch (REASON.check(typed)) {
            case Text.Checked.Bad bad -> Outcome.rejected(bad.invalid());
            case Text.Checked.Good(String reason) -> database.write(tx -> begin(tx, operator, actor, id, reason));
        };
    }

    private Outcome<SupportAccess> begin(Tx tx, Caller.Operator operator, Actor actor, AccountId id, String reason) {
        Optional<Account> found = new AccountStore(tx).lock(id).filter(account -> !account.isSubAccount());
        if (found.isEmpty()) {
            return Outcome.notFound();
        }
        Account root = found.get();
        if (root.status() != AccountStatus.ACTIVE) {
            return Outcome.rejected(new Invalid("accountId", "This account is disabled. Enable it first."));
        }
        if (new MembershipStore(tx).find(id, operator.identity()).isPresent()) {
            return Outcome.rejected(new Invalid("accountId", "You’re a member of this account. Open it as one."));
        }
        if (RequiredSecondFactor.isMissing(tx, id, operator.identity())) {
            return Outcome.rejected(new Invalid(
                    "accountId", "This account requires two-step verification. Set it up for yourself first."));
        }
        var store = new SupportStore(tx);
        Instant now = clock.instant();
        store.unended(id).stream()
                .filter(before ->
                        before.begunAt().isEmpty() && before.operator().equals(operator.identity()))
                .forEach(before -> store.end(id, before.id(), End.OPERATOR, now));
        Optional<Instant> allowed = store.consent(id, now);
        boolean begins = allowed.isPresent() || needsNoConsent();
        Instant longest = now.plus(SupportAccess.LONGEST);
        var access = new SupportAccess(
                uuids.next(),
                id,
                operator.identity(),
                reason,
                begins && allowed.isEmpty(),
                now,
                Optional.of(now).filter(_ -> begins),
                begins
                        ? allowed.filter(until -> until.isBefore(longest)).orElse(longest)
                        : now.plus(SupportAccess.ASKED_FOR),
                Optional.empty(),
                Optional.empty());
        store.insert(id, access);
        audit.note(
                tx,
                actor,
                root.owner(),
                begins ? "SupportBegun" : "SupportAsked",
                access.id().toString(),
                Map.of("reason", reason, "username", root.username(), "forced", access.forced()));
        if (begins) {
            new SessionStore(tx).actFor(operator.sessionHash(), access.onBehalf());
            mails.begun(tx, root, access);
        } else {
            mails.asked(tx, root, access);
        }
        return Outcome.done(access);
    }

    /// Ends what an operator does for an account; they are themselves again.
    void leave(Caller.Support operator, Actor actor) {
        database.write(tx -> {
            new SessionStore(tx).actForOneself(operator.sessionHash());
            return new SupportStore(tx)
                    .find(operator.of().account(), operator.of().access())
                    .filter(access -> end(tx, actor, access, End.OPERATOR));
        });
    }

    /// Returns what the session acts for.
    Optional<SupportAccess> of(Caller.Support operator) {
        return database.read(tx ->
                new SupportStore(tx).find(operator.of().account(), operator.of().access()));
    }

    /// Allows operators to act for the account.
    Outcome<Instant> allow(AccountContext context, int hours) {
        if (!context.membership().isOwner()) {
            return Outcome.forbidden();
        }
        if (hours < 1 || hours > MOST_HOURS) {
            return Outcome.rejected(new Invalid("hours", "Hours must be from 1 to " + MOST_HOURS));
        }
        return database.write(tx -> {
            Account root = new AccountStore(tx).lock(context.root().id()).orElseThrow();
            Instant now = clock.instant();
            Instant until = now.plus(Duration.ofHours(hours));
            var store = new SupportStore(tx);
            store.withdraw(root.id());
            store.allow(root.id(), context.identity(), now, until);
            audit.note(
                    tx, context.actor(), root, "SupportAllowed", Map.of("until", Words.moment(until, ZoneOffset.UTC)));
            store.unended(root.id()).stream()
                    .filter(access -> access.isWaiting(now))
                    .forEach(access -> mails.allowed(tx, root, access, until));
            return Outcome.done(until);
        });
    }

    /// Withdraws the consent, which ends what was begun with it.
    ///
    /// @return whether there was one
    Outcome<Boolean> withdraw(AccountContext context) {
        return byOwner(context, (tx, root) -> {
            boolean wasThere = new SupportStore(tx).withdraw(root);
            if (wasThere) {
                audit.note(tx, context.actor(), context.root().owner(), "SupportWithdrawn", root.toString(), Map.of());
            }
            endAll(tx, context, End.CONSENT);
            return wasThere;
        });
    }

    /// Ends every access to the account, and every request for it. The consent stays.
    ///
    /// @return whether there was any
    Outcome<Boolean> endAll(AccountContext context) {
        return byOwner(context, (tx, _) -> endAll(tx, context, End.OWNER));
    }

    private interface Work {
        boolean in(Tx tx, AccountId root);
    }

    private Outcome<Boolean> byOwner(AccountContext context, Work work) {
        if (!context.membership().isOwner()) {
            return Outcome.forbidden();
        }
        return database.write(tx -> {
            AccountId root = context.root().id();
            new AccountStore(tx).lock(root);
            return Outcome.done(work.in(tx, root));
        });
    }

    private boolean endAll(Tx tx, AccountContext context, End by) {
        List<SupportAccess> ended = new SupportStore(tx)
                .unended(context.root().id()).stream()
                        .filter(access -> by == End.OWNER || !access.forced())
                        .filter(access -> end(tx, context.actor(), access, by))
                        .toList();
        return !ended.isEmpty();
    }

    private boolean end(Tx tx, Actor actor, SupportAccess access, End by) {
        AccountId root = access.account();
        boolean ended = new SupportStore(tx).end(root, access.id(), by, clock.instant());
        Optional<Account> account = new AccountStore(tx).find(root);
        if (ended && access.begunAt().isPresent() && account.isPresent()) {
            audit.note(
                    tx,
                    actor,
                    account.get().owner(),
                    "SupportEnded",
                    access.id().toString(),
                    Map.of("by", by.words, "username", account.get().username()));
            mails.ended(tx, account.get(), access, by);
            tx.afterCommit(() -> accessChanged.fire(new AccessChanged(root)));
        }
        return ended;
    }

    @Override
    public Job job() {
        return Job.scheduled("30s", "30s", "end-support", "Ends support access whose time is over.", this::endOver);
    }

    /// Records the end of those whose time is over. They stopped counting before.
    void endOver() {
        database.write(tx -> {
            Instant now = clock.instant();
            List<SupportAccess> over = new SupportStore(tx).over(now, ENDED_AT_ONCE);
            over.forEach(
                    access -> end(tx, Actor.SERVER, access, access.expiresAt().isAfter(now) ? End.OPERATOR : End.TIME));
            return over;
        });
    }

    /// Returns the latest request of an operator that waits for consent.
    Optional<SupportAccess> waiting(Overview overview, Caller.Operator operator) {
        return overview.history().stream()
                .filter(access ->
                        access.isWaiting(clock.instant()) && access.operator().equals(operator.identity()))
                .findFirst();
    }

    /// Finds the account that an operator names.
    Optional<Account> root(String idOrUsername) {
        return database.read(tx -> {
            var accounts = new AccountStore(tx);
            return AccountId.parse(idOrUsername)
                    .map(accounts::find)
                    .orElseGet(
                            () -> accounts.findByUsername(idOrUsername.strip().toLowerCase(Locale.ROOT)))
                    .filter(account -> !account.isSubAccount());
        });
    }

    static String stateOf(SupportAccess access, Instant now) {
        return access.isOpen(now)
                ? "active"
                : access.isWaiting(now) ? "requested" : access.begunAt().isPresent() ? "ended" : "not allowed";
    }
}
