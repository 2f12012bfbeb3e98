package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.accounts.AccountChanged;
import dev.banyan.platform.cache.TicketCache;
import dev.banyan.platform.cache.Tickets;
import dev.banyan.platform.cache.Tickets.Ticket;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.dns.HostName;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// What is at which host, in memory: every request asks.
@Singleton
public final class ServedHosts {

    private static final int KEPT = 200_000;
    /// Hosts at which there is nothing of an account.
    private static final String NOBODY = "";

    /// @param ofAccount of the account, whose state and plan decide too
    private record Kept(Optional<Site> site, Ticket ticket, Ticket ofAccount, long keptAt)
            implements TicketCache.Entry {}

    private final Domains domains;
    private final OwnHosts own;
    private final boolean isOwnKnown;
    private final Tickets<String> tickets;
    private final TicketCache<String, Kept> byHost;

    ServedHosts(Domains domains, OwnHosts own, Settings settings, Database database, OtherNodes others, Clock clock) {
        this.domains = domains;
        this.own = own;
        this.isOwnKnown = settings.hasBaseUrl();
        this.tickets = new Tickets<>(database, others, clock);
        this.byHost = new TicketCache<>(tickets, KEPT, (_, _) -> 1);
    }

    /// Returns whether a host can belong to an account at all.
    boolean canBeOfAccount(String host) {
        return own.canBeOfAccount(host);
    }

    /// Returns whether our own pages open at a host that is no account's: at any, until our own is known, so that a new
    /// server can be set up from anywhere.
    boolean opensOwnPages() {
        return !isOwnKnown;
    }

    /// Returns what is kept about a host; empty: it is not known.
    Optional<Optional<Site>> known(String host) {
        return byHost.find(host).filter(kept -> !kept.ofAccount().isTorn()).map(Kept::site);
    }

    /// Reads what is at a host.
    Optional<Site> read(String host) {
        long before = tickets.changes();
        long now = tickets.now();
        Optional<Site> site = HostName.parse(host).flatMap(domains::site);
        // Nothing says when a host that is away comes back: it may be the account, its plan, or what is there.
        if (site.filter(Site.Away.class::isInstance).isEmpty()) {
            Ticket ofAccount = tickets.ticket(
                    site.map(found -> found.owner().account().toString()).orElse(NOBODY));
            Ticket ticket = tickets.ticket(site.map(Site::subject).orElse(NOBODY));
            byHost.keep(host, new Kept(site, ticket, ofAccount, now), before);
        }
        return site;
    }

    /// Forgets what was made from something that has changed: an account’s username, or a workspace’s id.
    public void changed(String subject) {
        tickets.tear(subject);
    }

    void domainChanged(@Observes DomainChanged changed) {
        byHost.drop(changed.host());
    }

    void accountChanged(@Observes AccountChanged changed) {
        changed(changed.username());
        changed(changed.account().toString());
    }
}
