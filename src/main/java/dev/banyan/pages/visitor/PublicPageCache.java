package dev.banyan.pages.visitor;

import dev.banyan.accounts.AccountChanged;
import dev.banyan.analytics.Event;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkId;
import dev.banyan.pages.LinkKind;
import dev.banyan.pages.PageChanged;
import dev.banyan.pages.visitor.LinkVisits.Followed;
import dev.banyan.platform.cache.TicketCache;
import dev.banyan.platform.cache.Tickets;
import dev.banyan.platform.cache.Tickets.Ticket;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.web.ReadyBytes;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// Caches public pages as bytes until the account changes. A page is built with a ticket of its account. A page with
/// scheduled links is valid until the next of them appears or disappears.
@Singleton
public final class PublicPageCache {

    /// A page ready to be sent.
    ///
    /// @param view the event to record when it is shown
    /// @param until end of its validity because of scheduled links, in epoch milliseconds
    record Ready(ReadyBytes bytes, Event.PageView view, long until, Ticket ticket, long keptAt)
            implements TicketCache.Entry {}

    private record KeptLink(Ticket ticket, Followed.To leads, long keptAt) implements TicketCache.Entry {}

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
        return found.isPresent() && isOver(found.get()) ? Optional.empty() : found;
    }

    private boolean isOver(Ready page) {
        return page.until() != Long.MAX_VALUE && clock.millis() >= page.until();
    }

    /// Returns the ticket. To be taken before the database is read.
    Ticket ticket(String username) {
        return tickets.ticket(username);
    }

    /// Caches a page, and the targets of its links while it is valid. Links with a lock or a schedule are always read
    /// from the database.
    void keep(String path, Ticket ticket, PublicContent content, ReadyBytes bytes, Event.PageView view) {
        if (!keepsPages) {
            return;
        }
        long until = content.links().until().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
        byPath.keep(path, new Ready(bytes, view, until, ticket, tickets.now()));
        for (Link link : content.links().links()) {
            if (link.kind() == LinkKind.LINK
                    && link.lock().isEmpty()
                    && link.schedule().isEmpty()) {
                var leads = new Followed.To(link, content.account().owner());
                links.keep(link.id(), new KeptLink(ticket, leads, tickets.now()));
            }
        }
    }

    /// Returns the target of a link on a cached page while the database, which has priority, is unavailable.
    Optional<Followed> leadsWhileAway(LinkId id) {
        return links.find(id).map(KeptLink::leads);
    }

    void accountChanged(@Observes AccountChanged changed) {
        tickets.tear(changed.username());
    }

    void pageChanged(@Observes PageChanged changed) {
        tickets.tear(changed.username());
    }
}
