package dev.banyan.analytics;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Distinguishes a day's visitors without identifying them, by a hash of address and user agent with a new salt each
/// day. All nodes use the same salt; it is deleted after the day, and hashes are never stored.
@Singleton
final class Visitors {

    private static final Logger LOG = Logger.getLogger(Visitors.class);

    private record Salt(int day, byte[] bytes) {}

    private final Database database;
    private volatile Optional<Salt> newest = Optional.empty();
    private volatile Optional<Salt> before = Optional.empty();

    Visitors(Database database) {
        this.database = database;
    }

    long hash(int day, Visit visit) {
        MessageDigest digest = Digests.newSha256();
        digest.update(salt(day));
        digest.update(visit.address().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return ByteBuffer.wrap(digest.digest(visit.userAgent().getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private byte[] salt(int day) {
        if (newest.isPresent() && newest.get().day() == day) {
            return newest.get().bytes();
        }
        if (before.isPresent() && before.get().day() == day) {
            return before.get().bytes();
        }
        var salt = new Salt(day, stored(day).getBytes(StandardCharsets.UTF_8));
        before = newest;
        newest = Optional.of(salt);
        return salt.bytes();
    }

    private String stored(int day) {
        String fresh = Digests.newToken();
        try {
            return database.write(tx -> new SaltStore(tx).saltOf(day, fresh));
        } catch (RuntimeException failure) {
            LOG.warnf("Visitors of today may be counted twice: their salt was not stored (%s)", failure.getMessage());
            return fresh;
        }
    }
}
