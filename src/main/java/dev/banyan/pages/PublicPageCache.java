package dev.banyan.pages;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.accounts.AccountChanged;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.web.ReadyBytes;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/// Public pages as bytes, until the account changes.
///
/// A page is made under a ticket of its account, drawn before the database is read. A change tears the ticket, so a
/// page that was made from older data is never shown, even if it arrives here after the change.
@Singleton
final class PublicPageCache {

    /// Names one state of an account's pages.
    static final class Ticket {}

    private record Kept(String username, Ticket ticket, ReadyBytes bytes) {}

    private static final int ACCOUNTS = 200_000;
    private static final Duration WHERE_OTHERS_WRITE = Duration.ofSeconds(5);

    private final Cache<String, Ticket> tickets =
            Caffeine.newBuilder().maximumSize(ACCOUNTS).build();
    private final Cache<String, Kept> byPath;

    PublicPageCache(Settings settings, Database database) {
        var builder = Caffeine.newBuilder()
                .maximumWeight(settings.pageCacheMegabytes() * 1_048_576L)
                .weigher(
                        (String path, Kept kept) -> path.length() + kept.bytes().size());
        if (database.isShared()) {
            // Another node's change cannot tear our tickets; a page lives no longer than people would wait for it.
            builder.expireAfterWrite(WHERE_OTHERS_WRITE);
        }
        this.byPath = builder.build();
    }

    /// @param path as the client sent it, without the query
    Optional<ReadyBytes> find(String path) {
        Kept kept = byPath.getIfPresent(path);
        return kept != null && tickets.getIfPresent(kept.username()) == kept.ticket()
                ? Optional.of(kept.bytes())
                : Optional.empty();
    }

    /// To be drawn before the database is read.
    Ticket ticket(String username) {
        return tickets.get(username, _ -> new Ticket());
    }

    void keep(String path, String username, Ticket ticket, ReadyBytes bytes) {
        byPath.put(path, new Kept(username, ticket, bytes));
    }

    void drop(String username) {
        tickets.invalidate(username);
    }

    void accountChanged(@Observes AccountChanged changed) {
        drop(changed.username());
    }
}
