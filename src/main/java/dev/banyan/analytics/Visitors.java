package dev.banyan.analytics;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.db.Database;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;

/// Distinguishes a day's visitors without identifying them, by a hash of address and user agent with a new salt each
/// day. All nodes use the same salt; it is deleted after the day, and hashes are never stored.
@Singleton
final class Visitors {
    /// Somewhere it is always another day than here: of more days than these, only the newest are needed.
    private static final int DAYS_AT_ONCE = 4;

    private final Database database;
    private final NavigableMap<Integer, byte[]> salts = new ConcurrentSkipListMap<>();

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
        byte[] known = salts.get(day);
        if (known != null) {
            return known;
        }
        byte[] salt = stored(day).getBytes(StandardCharsets.UTF_8);
        salts.put(day, salt);
        while (salts.size() > DAYS_AT_ONCE) {
            salts.pollFirstEntry();
        }
        return salt;
    }

    private String stored(int day) {
        String fresh = Digests.newToken();
        try {
            return database.write(tx -> new SaltStore(tx).saltOf(day, fresh));
        } catch (RuntimeException failure) {
            Log.warnf("Visitors of today may be counted twice: their salt was not stored (%s)", failure.getMessage());
            return fresh;
        }
    }
}
