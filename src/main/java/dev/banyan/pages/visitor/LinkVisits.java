package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.domains.Loops;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkGroup;
import dev.banyan.pages.LinkGroupStore;
import dev.banyan.pages.LinkId;
import dev.banyan.pages.LinkKind;
import dev.banyan.pages.LinkLock;
import dev.banyan.pages.LinkStore;
import dev.banyan.pages.Page;
import dev.banyan.pages.PageStore;
import dev.banyan.pages.PlanFlags;
import dev.banyan.pages.PlanFlags.Flagged;
import dev.banyan.pages.visitor.PublicPageCache.KeptLink;
import dev.banyan.platform.Owner;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import jakarta.inject.Singleton;

/// Follows links and checks their locks. The target of a locked link leaves this class only after the visitor has
/// opened the lock.
@Singleton
public record LinkVisits(
        Database database,
        PublicPageCache pages,
        Quotas quotas,
        PlanFlags flags,
        UnlockPasses passes,
        RateLimits limits,
        Loops loops,
        Clock clock) {

    /// The result of opening a lock.
    public sealed interface Unlocked {

        /// @param pass opens the link for a while
        record Done(Link link, Owner owner, String pass) implements Unlocked {}

        record WrongCode(Link link, LinkLock lock) implements Unlocked {}

        /// The visitor has not confirmed.
        record Unconfirmed(Link link, LinkLock lock) implements Unlocked {}

        record TooMany(Link link, LinkLock lock, Duration retryAfter) implements Unlocked {}

        /// The link has no lock.
        record NotLocked(Link link) implements Unlocked {}

        /// There is no such link for visitors; `why` has the reason.
        record Nowhere(Followed why) implements Unlocked {}
    }

    /// Whether a link is shown on a page of an account.
    sealed interface ViewResult {

        record Yes(Link link, Owner owner) implements ViewResult {}

        record UnknownAccount() implements ViewResult {}

        record LinkNotFound() implements ViewResult {}
    }

    private sealed interface LookupResult {

        /// @param lasting whether it depends on changes of this account only
        record Open(Account account, Link link, boolean lasting) implements LookupResult {}

        record Hidden(Followed why) implements LookupResult {}
    }

    /// Returns a link that leads every visitor to the same address, if that is known without the database.
    ///
    /// @param host whose host was asked; empty for our own, which has the links of all
    Optional<KeptLink> atOnce(LinkId id, Optional<Owner> host) {
        return pages.find(id).filter(kept -> isHere(kept.leads().owner(), host));
    }

    /// @param pass the visitor's proof of having opened the lock
    /// @param host as in [#atOnce]
    Followed follow(LinkId id, Optional<String> pass, Optional<Owner> host) {
        long changes = pages.changes();
        LookupResult seen;
        try {
            seen = see(id, host);
        } catch (DatabaseUnavailable away) {
            // From now on the cache returns old entries, too.
            return atOnce(id, host).map(KeptLink::leads).orElseThrow(() -> away);
        }
        return switch (seen) {
            case LookupResult.Hidden(Followed why) -> why;
            case LookupResult.Open(Account account, Link link, boolean lasting) -> {
                if (lasting) {
                    pages.keep(account, link, changes);
                }
                boolean open = link.lock()
                        .map(lock -> pass.filter(brought -> passes.opens(brought, id, lock))
                                .isPresent())
                        .orElse(true);
                yield open
                        ? leading(link, account.owner())
                        : new Followed.Locked(link, link.lock().orElseThrow());
            }
        };
    }

    /// Looks again, because hosts and other links change without a word to this one.
    private Followed leading(Link link, Owner owner) {
        boolean isLoop = Loops.mayLeadOn(link.url())
                && database.read(tx -> loops.leadsBack(tx, link.id().path(), link.url(), Map.of()));
        return isLoop ? new Followed.Loop() : new Followed.To(link, owner);
    }

    private static boolean isHere(Owner owner, Optional<Owner> host) {
        return host.map(owner::equals).orElse(true);
    }

    /// @param username in lower case
    ViewResult shownBy(String username, LinkId id) {
        return database.read(tx -> Accounts.named(tx, username)
                .filter(account -> account.status() == AccountStatus.ACTIVE)
                .<ViewResult>map(account -> switch (see(tx, id)) {
                    case LookupResult.Open(Account found, Link link, boolean _)
                    when found.owner().equals(account.owner()) -> new ViewResult.Yes(link, found.owner());
                    case LookupResult.Open _, LookupResult.Hidden _ -> new ViewResult.LinkNotFound();
                })
                .orElseGet(ViewResult.UnknownAccount::new));
    }

    /// Returns the result for an invalid link id.
    ViewResult shownBy(String username) {
        return database.read(tx -> Accounts.named(tx, username)
                .filter(account -> account.status() == AccountStatus.ACTIVE)
                .<ViewResult>map(_ -> new ViewResult.LinkNotFound())
                .orElseGet(ViewResult.UnknownAccount::new));
    }

    /// @param code as typed, for a lock with a code
    /// @param confirmed for other locks: whether the visitor has confirmed
    /// @param visitor the visitor whose wrong codes are counted
    public Unlocked unlock(LinkId id, String code, boolean confirmed, String visitor) {
        return unlock(id, code, confirmed, visitor, Optional.empty());
    }

    /// @param host as in [#follow]
    Unlocked unlock(LinkId id, String code, boolean confirmed, String visitor, Optional<Owner> host) {
        return switch (see(id, host)) {
            case LookupResult.Hidden(Followed why) -> new Unlocked.Nowhere(why);
            case LookupResult.Open(Account account, Link link, boolean _) ->
                link.lock()
                        .map(lock -> unlock(account.owner(), link, lock, code, confirmed, visitor + " " + id))
                        .orElseGet(() -> new Unlocked.NotLocked(link));
        };
    }

    private Unlocked unlock(Owner owner, Link link, LinkLock lock, String code, boolean confirmed, String tries) {
        if (lock.type() == LinkLock.Type.CODE) {
            Supplier<Unlocked> attempt =
                    () -> isSame(code, lock.code()) ? open(owner, link, lock) : new Unlocked.WrongCode(link, lock);
            Function<Duration, Unlocked> tooMany = wait -> new Unlocked.TooMany(link, lock, wait);
            return countingFailures(
                    RateLimit.UNLOCK_FAILURES_BY_VISITOR,
                    tries,
                    () -> countingFailures(RateLimit.UNLOCK_FAILURES, link.id().toString(), attempt, tooMany),
                    tooMany);
        }
        return confirmed ? open(owner, link, lock) : new Unlocked.Unconfirmed(link, lock);
    }

    private Unlocked countingFailures(
            RateLimit limit, String key, Supplier<Unlocked> attempt, Function<Duration, Unlocked> tooMany) {
        return limits.countingFailures(limit, key, attempt, Unlocked.WrongCode.class::isInstance, tooMany);
    }

    private Unlocked open(Owner owner, Link link, LinkLock lock) {
        return new Unlocked.Done(link, owner, passes.issue(link.id(), lock));
    }

    /// Compares in constant time.
    private static boolean isSame(String typed, String code) {
        return MessageDigest.isEqual(typed.getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8));
    }

    private LookupResult see(LinkId id, Optional<Owner> host) {
        LookupResult seen = database.read(tx -> see(tx, id));
        return seen instanceof LookupResult.Open open && !isHere(open.account().owner(), host)
                ? new LookupResult.Hidden(new Followed.NotFound())
                : seen;
    }

    private LookupResult see(Tx tx, LinkId id) {
        return new LinkStore(tx)
                .findForVisitor(id)
                .filter(owned -> owned.link().active() && owned.link().kind() == LinkKind.LINK)
                .map(owned -> see(tx, owned))
                .orElseGet(() -> new LookupResult.Hidden(new Followed.NotFound()));
    }

    private LookupResult see(Tx tx, LinkStore.Owned owned) {
        Owner owner = owned.owner();
        Link link = owned.link();
        Optional<Account> account = Accounts.find(tx, owner.account());
        AccountStatus status = account.map(Account::status).orElse(AccountStatus.DELETED);
        if (status != AccountStatus.ACTIVE) {
            return new LookupResult.Hidden(
                    status == AccountStatus.SUSPENDED ? new Followed.Unavailable() : new Followed.NotFound());
        }
        if (new PageStore(tx).find(owner, link.page()).filter(Page::published).isEmpty()) {
            return new LookupResult.Hidden(new Followed.NotFound());
        }
        Flagged flagged = flags.of(tx, owner);
        if (flagged.links().contains(link.id()) || flagged.pages().contains(link.page())) {
            return new LookupResult.Hidden(new Followed.NotInPlan());
        }
        Tier tier = VisibleLinks.dependsOnTier(link) ? quotas.effectiveTier(tx, owner) : Tier.FREE;
        List<LinkGroup> groups = link.group().isPresent() ? new LinkGroupStore(tx).list(owner, link.page()) : List.of();
        return VisibleLinks.at(clock.instant(), List.of(link), groups, flagged, tier).links().stream()
                .findFirst()
                .<LookupResult>map(seen -> new LookupResult.Open(
                        account.orElseThrow(), seen, flagged.isNothing() || !flags.dependOnOthers()))
                .orElseGet(() -> new LookupResult.Hidden(new Followed.NotFound()));
    }
}
