package dev.banyan.platform.sso;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jboss.logging.Logger;

/// Sessions are noted as used at most twice a minute, and their provider is asked as often. A session that isn’t used
/// rests, so that the provider can let it expire.
public final class UsedSessions {

    /// When the provider is asked about a session that rests.
    public static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    /// How long a session lasts whose provider could be asked, and doesn’t answer.
    public static final Duration WITHOUT_ANSWER = Duration.ofHours(1);

    private static final Logger LOG = Logger.getLogger(UsedSessions.class);
    private static final Duration NOTED_EVERY = Duration.ofSeconds(30);
    private static final int REMEMBERED = 100_000;
    /// A provider that can’t be reached when a session is used after its rest has so much time left.
    private static final Duration AFTER_REST = Duration.ofMinutes(10);

    private final Cache<String, Instant> noted =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final Clock clock;

    public UsedSessions(Clock clock) {
        this.clock = clock;
    }

    /// Notes that a session is used, unless that was done a moment ago.
    ///
    /// @param note called with the time
    public void used(String tokenHash, Consumer<Instant> note) {
        Instant now = clock.instant();
        Instant before = noted.getIfPresent(tokenHash);
        if (before != null && before.plus(NOTED_EVERY).isAfter(now)) {
            return;
        }
        noted.put(tokenHash, now);
        try {
            note.accept(now);
        } catch (RuntimeException failure) { // people go on without the database for a while
            noted.invalidate(tokenHash);
            LOG.debug("The use of a session couldn't be noted", failure);
        }
    }

    /// Returns since when the provider has been silent about a session that is used again. While it rested, the
    /// provider wasn’t asked, so that this was no silence.
    public static Instant silentSince(Instant askedAt, Instant answeredAt, Instant now) {
        Instant least = now.minus(WITHOUT_ANSWER).plus(AFTER_REST);
        boolean hasRested = !answeredAt.isBefore(askedAt) && answeredAt.isBefore(least);
        return hasRested ? least : answeredAt;
    }
}
