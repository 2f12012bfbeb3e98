package dev.banyan.pages.visitor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.accounts.AccountChanged;
import dev.banyan.analytics.Event;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkId;
import dev.banyan.pages.PageChanged;
import dev.banyan.pages.visitor.LinkVisits.Followed;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.web.ReadyBytes;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Caches public pages as bytes until the account changes.
///
/// A page is built with a ticket of its account, taken before the database is read. A change invalidates the ticket, so
/// a page built from older data is never shown, even if it is added after the change. A page with scheduled links is
/// valid until the next of them appears or disappears.
@Singleton
public final class PublicPageCache {

    /// Identifies one state of an account's pages.
    static final class Ticket {}

    /// A page ready to be sent.
    ///
    /// @param view the event to record when it is shown
    record Ready(ReadyBytes bytes, Event.PageView view) {}

    /// @param until end of its validity because of scheduled links, in epoch milliseconds
    /// @param keptAt in epoch milliseconds
    private record Kept(String username, Ticket ticket, Ready ready, long until, long keptAt) {}

    private record KeptLink(String username, Ticket ticket, Followed.To leads) {}

    private static final int ACCOUNTS = 200_000;
    private static final int LINKS = 20_000;
    private static final Duration WHERE_OTHERS_WRITE = Duration.ofSeconds(5);
    /// While the database is unavailable, pages can't change; but another node may have changed one just before.
    private static final Duration WHILE_AWAY = Duration.ofHours(1);

    private final Cache<String, Ticket> tickets =
            Caffeine.newBuilder().maximumSize(ACCOUNTS).build();
    private final Cache<String, Kept> byPath;
    private final Cache<LinkId, KeptLink> links = Caffeine.newBuilder()
            .maximumSize(LINKS)
            .expireAfterWrite(WHILE_AWAY)
            .build();

    private final Database database;
    private final boolean keepsPages;
    private final Clock clock;

    public PublicPageCache(Settings settings, Database database, Clock clock) {
        this.database = database;
        this.keepsPages = settings.pageCacheMegabytes() > 0;
        this.clock = clock;
        var builder = Caffeine.newBuilder()
                .maximumWeight(settings.pageCacheMegabytes() * 1_048_576L)
                .weigher((String path, Kept kept) ->
                        path.length() + kept.ready().bytes().size());
        if (database.isShared()) {
            builder.expireAfterWrite(WHILE_AWAY);
        }
        this.byPath = builder.build();
    }

    /// @param path as sent by the client, without the query
    Optional<Ready> find(String path) {
        Kept kept = byPath.getIfPresent(path);
        return kept != null
                        && tickets.getIfPresent(kept.username()) == kept.ticket()
                        && (kept.until() == Long.MAX_VALUE || clock.millis() < kept.until())
                        && isYoung(kept)
                ? Optional.of(kept.ready())
                : Optional.empty();
    }

    /// Returns whether an entry may be used. Changes on other nodes can't invalidate our tickets, so with several nodes
    /// an entry is valid only as long as people would wait for a change. While the database is unavailable, it
    /// stays valid, but is not stored again.
    private boolean isYoung(Kept kept) {
        return !database.isShared()
                || clock.millis() - kept.keptAt() < WHERE_OTHERS_WRITE.toMillis()
                || database.isAway();
    }

    /// Returns the ticket. To be taken before the database is read.
    Ticket ticket(String username) {
        return tickets.get(username, _ -> new Ticket());
    }

    /// @param until when the next scheduled link appears or disappears, if any
    void keep(String path, String username, Ticket ticket, Ready ready, Optional<Instant> until) {
        byPath.put(
                path,
                new Kept(
                        username,
                        ticket,
                        ready,
                        until.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE),
                        clock.millis()));
    }

    /// Caches the targets of a page's links while the page is valid. Links with a lock or a schedule are always read
    /// from the database.
    void keepLinks(String username, Ticket ticket, PublicContent content) {
        if (!keepsPages) {
            return;
        }
        for (Link link : content.links().links()) {
            if (link.lock().isEmpty() && link.schedule().isEmpty()) {
                var leads = new Followed.To(link, content.account().owner());
                links.put(link.id(), new KeptLink(username, ticket, leads));
            }
        }
    }

    /// Returns the target of a link on a cached page while the database, which has priority, is unavailable.
    Optional<Followed> leadsWhileAway(LinkId id) {
        return Optional.ofNullable(links.getIfPresent(id))
                .filter(kept -> tickets.getIfPresent(kept.username()) == kept.ticket())
                .map(KeptLink::leads);
    }

    private void drop(String username) {
        tickets.invalidate(username);
    }

    void accountChanged(@Observes AccountChanged changed) {
        drop(changed.username());
    }

    void pageChanged(@Observes PageChanged changed) {
        drop(changed.username());
    }
}
