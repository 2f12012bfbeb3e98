package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.Accounts;
import dev.banyan.accounts.domains.Loops;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.platform.Owner;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.cache.Tickets.Ticket;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.shortlinks.RedirectCache.AccountState;
import dev.banyan.shortlinks.RedirectCache.Kept;
import jakarta.inject.Singleton;

/// Short links as visitors find them: from memory where possible, also while the database is away.
@Singleton
record KnownShortLinks(
        Database database, RedirectCache cache, Quotas quotas, Accounts accounts, ShortLinkTargets targets) {

    Optional<Kept> inMemory(String slug) {
        return cache.find(slug);
    }

    /// Returns the short link that an address opens; empty if it leads away from this server.
    Optional<String> opened(String url) {
        return Loops.mayLeadOn(url) ? database.read(tx -> targets.opened(tx, url)) : Optional.empty();
    }

    /// @param slug as in the address, in any case
    Optional<Kept> find(String slug) {
        Optional<Kept> known = cache.find(slug);
        if (known.isPresent() || !ShortSlugs.isFit(slug) || cache.isUnknown(slug)) {
            return known;
        }
        try {
            return read(slug);
        } catch (DatabaseUnavailable away) {
            // From now on the cache returns old entries, too.
            return Optional.of(cache.find(slug).orElseThrow(() -> away));
        }
    }

    private Optional<Kept> read(String slug) {
        long number = cache.number();
        Optional<ShortLink> found = database.read(tx -> new ShortLinkStore(tx).findForVisitor(slug));
        if (found.isEmpty()) {
            cache.keepUnknown(number, slug);
            return Optional.empty();
        }
        ShortLink link = found.get();
        AccountState state = cache.account(link.owner().account()).orElseGet(() -> state(number, link.owner()));
        Kept kept = link.isPlain()
                        && !Loops.mayLeadOn(link.target())
                        && state.status() == AccountStatus.ACTIVE
                        && !state.isOverPlan(link.id())
                ? new Kept.Plain(
                        state,
                        link.id().value(),
                        WebAddresses.forHeader(
                                Decisions.withUtm(link.target(), link.routing().utm())))
                : new Kept.Full(state, link, cache.now());
        if (mayBeKept(state) && link.clickLimit().isEmpty()) { // only the database knows how many clicks are left
            cache.keep(number, link.slug(), kept);
        }
        return Optional.of(kept);
    }

    /// Returns whether the state may be cached. With a shared limit it also depends on other accounts.
    private boolean mayBeKept(AccountState state) {
        return state.isWhole() || !quotas.areShared();
    }

    private AccountState state(long number, Owner owner) {
        Ticket ticket = cache.ticket(owner.account());
        AccountStatus status = accounts.status(owner.account()).orElse(AccountStatus.DELETED);
        Optional<ShortLinkId> over = database.read(tx -> ShortLinks.firstOverPlan(tx, quotas, owner));
        var state = new AccountState(owner, status, over, ticket, cache.now());
        if (mayBeKept(state)) {
            cache.keep(number, state);
        }
        return state;
    }
}
