package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountChanged;
import dev.banyan.accounts.domains.Loops;
import dev.banyan.analytics.Event;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkAddresses;
import dev.banyan.pages.LinkId;
import dev.banyan.pages.LinkKind;
import dev.banyan.pages.PageChanged;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.cache.TicketCache;
import dev.banyan.platform.cache.Tickets;
import dev.banyan.platform.cache.Tickets.Ticket;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.web.ReadyBytes;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Caches public pages as bytes until the account changes. A page is built with a ticket of its account. A page with
/// scheduled links is valid until the next of them appears or disappears.
@Singleton
public final class PublicPageCache {

    /// A page ready to be sent.
    ///
    /// @param view the event to record when it is shown
    /// @param agency the ticket of the agency that the page's account is managed by
    /// @param until end of its validity because of scheduled links, in epoch milliseconds
    record Ready(ReadyBytes bytes, Event.PageView view, long until, Ticket ticket, Optional<Ticket> agency, long keptAt)
            implements TicketCache.Entry {}

    /// A link that leads every visitor to the same address.
    ///
    /// @param location for the header
    record KeptLink(Followed.To leads, String location, Ticket ticket, long keptAt) implements TicketCache.Entry {}

    private static final int LINKS = 20_000;

    private final Tickets<String> tickets;
    private final TicketCache<String, Ready> byPath;
    private final TicketCache<LinkId, KeptLink> links;
    private final boolean keepsPages;
    private final Clock clock;

    public PublicPageCache(Settings settings, Database database, OtherNodes others, Clock clock) {
        this.keepsPages = settings.pageCacheMegabytes() > 0;
        this.clock = clock;
        this.tickets = new Tickets<>(database, others, clock);
        this.byPath = new TicketCache<>(
                tickets,
                settings.pageCacheMegabytes() * 1_048_576L,
                (path, page) -> path.length() + page.bytes().size());
        this.links = new TicketCache<>(tickets, LINKS, (_, _) -> 1);
    }

    /// @param path as sent by the client, without the query
    Optional<Ready> find(String path) {
        Optional<Ready> found = byPath.find(path);
        return found.filter(
                page -> !isOver(page) && page.agency().filter(Ticket::isTorn).isEmpty());
    }

    private boolean isOver(Ready page) {
        return page.until() != Long.MAX_VALUE && clock.millis() >= page.until();
    }

    /// Returns the ticket. To be taken before the database is read.
    Ticket ticket(String username) {
        return tickets.ticket(username);
    }

    /// Caches a page, and where its links lead, until its account changes, or the agency from which a brand has its
    /// language. Links with a lock or a schedule are always read from the database.
    ///
    /// @param changes see [#changes()], from before the database was read: only then the agency is known
    void keep(String path, Ticket ticket, long changes, PublicContent content, ReadyBytes bytes, Event.PageView view) {
        if (!keepsPages) {
            return;
        }
        long until = content.links().until().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
        Optional<Ticket> agency =
                content.account().parent().map(AccountId::toString).map(tickets::ticket);
        var ready = new Ready(bytes, view, until, ticket, agency, tickets.now());
        if (agency.isPresent()) {
            byPath.keep(path, ready, changes);
        } else {
            byPath.keep(path, ready);
        }
        Owner owner = content.account().owner();
        content.links().links().stream()
                .filter(PublicPageCache::leadsEveryVisitor)
                .forEach(link -> links.keep(link.id(), kept(link, owner, ticket)));
    }

    /// Returns the number of the last change, for [#keep]. To be taken before the database is read.
    long changes() {
        return tickets.changes();
    }

    /// Caches a link that was followed, if nothing has changed meanwhile.
    void keep(Account account, Link link, long changes) {
        if (keepsPages && leadsEveryVisitor(link)) {
            Ticket ticket = tickets.ticket(account.username());
            links.keep(link.id(), kept(link, account.owner(), ticket), changes);
        }
    }

    /// Returns whether a link leads to the web at any time, without a lock, and on no way back.
    private static boolean leadsEveryVisitor(Link link) {
        return link.kind() == LinkKind.LINK
                && link.lock().isEmpty()
                && link.schedule().isEmpty()
                && LinkAddresses.isWeb(link.url())
                && !Loops.mayLeadOn(link.url());
    }

    private KeptLink kept(Link link, Owner owner, Ticket ticket) {
        return new KeptLink(new Followed.To(link, owner), WebAddresses.forHeader(link.url()), ticket, tickets.now());
    }

    /// Returns a link without a lock or a schedule on a page that visitors see.
    Optional<KeptLink> find(LinkId id) {
        return links.find(id);
    }

    void accountChanged(@Observes AccountChanged changed) {
        tickets.tear(changed.username());
        tickets.tear(changed.account().toString()); // its brands' pages
    }

    void pageChanged(@Observes PageChanged changed) {
        tickets.tear(changed.username());
    }
}
