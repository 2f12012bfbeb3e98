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

/// Public pages as bytes, until the account changes.
///
/// A page is made under a ticket of its account, drawn before the database is read. A change tears the ticket, so a
/// page that was made from older data is never shown, even if it arrives here after the change. Where links come and go
/// by the clock, it holds until the next one does.
@Singleton
public final class PublicPageCache {

    /// Names one state of an account's pages.
    static final class Ticket {}

    /// A page that may be answered now.
    ///
    /// @param view what happens when somebody is shown it
    record Ready(ReadyBytes bytes, Event.PageView view) {}

    /// @param until in epoch milliseconds; from then on it shows too much or too little
    /// @param keptAt in epoch milliseconds
    private record Kept(String username, Ticket ticket, Ready ready, long until, long keptAt) {}

    private record KeptLink(String username, Ticket ticket, Followed.To leads) {}

    private static final int ACCOUNTS = 200_000;
    private static final int LINKS = 20_000;
    private static final Duration WHERE_OTHERS_WRITE = Duration.ofSeconds(5);
    /// While the database is away, nobody can have changed a page; but it may have been changed elsewhere just before.
    private static final Duration WHILE_AWAY = Duration.ofHours(1);

    private final Cache<String, Ticket> tickets =
            Caffeine.newBuilder().maximumSize(ACCOUNTS).build();
    private final Cache<String, Kept> byPath;
    private final Cache<LinkId, KeptLink> links = Caffeine.newBuilder()
            .maximumSize(LINKS)
            .expireAfterWrite(WHILE_AWAY)
            .build();

    private final Database database;
    private final Clock clock;

    public PublicPageCache(Settings settings, Database database, Clock clock) {
        this.database = database;
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

    /// @param path as the client sent it, without the query
    Optional<Ready> find(String path) {
        Kept kept = byPath.getIfPresent(path);
        return kept != null
                        && tickets.getIfPresent(kept.username()) == kept.ticket()
                        && (kept.until() == Long.MAX_VALUE || clock.millis() < kept.until())
                        && isYoung(kept)
                ? Optional.of(kept.ready())
                : Optional.empty();
    }

    /// Another node's change cannot tear our tickets: where there are others, a page lives no longer than people would
    /// wait for a change. While nothing newer can be read, it lives on; it is only given out, never kept anew.
    private boolean isYoung(Kept kept) {
        return !database.isShared()
                || clock.millis() - kept.keptAt() < WHERE_OTHERS_WRITE.toMillis()
                || database.isAway();
    }

    /// To be drawn before the database is read.
    Ticket ticket(String username) {
        return tickets.get(username, _ -> new Ticket());
    }

    /// @param until when the next link comes or goes, where one does
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

    /// Keeps where the links of a page lead, for as long as it holds. Links with a lock or a schedule are always asked
    /// for anew.
    void keepLinks(String username, Ticket ticket, PublicContent content) {
        for (Link link : content.links().links()) {
            if (link.lock().isEmpty() && link.schedule().isEmpty()) {
                var leads = new Followed.To(link, content.account().owner());
                links.put(link.id(), new KeptLink(username, ticket, leads));
            }
        }
    }

    /// Returns where a link of a kept page leads; for as long as the database, which knows better, is away.
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
