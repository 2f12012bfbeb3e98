package dev.banyan.platform;

import module java.base;
import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import jakarta.inject.Singleton;

/// Creates and parses UUIDs. New ones are version 7: they sort by time of creation, so lists page by id alone.
@Singleton
public final class Uuids {

    // UUID.fromString accepts "1-1-1-1-1"; only the canonical form is an id here.
    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    // Counts up within a millisecond, so that ids sort in the order in which they were created.
    private final TimeOrderedEpochFactory factory;

    public Uuids(Clock clock) {
        this.factory = TimeOrderedEpochFactory.builder()
                .withClock(clock)
                .withIncrementPlusN()
                .build();
    }

    public UUID next() {
        return factory.create();
    }

    public AccountId nextAccountId() {
        return new AccountId(next());
    }

    public IdentityId nextIdentityId() {
        return new IdentityId(next());
    }

    /// Returns the UUID of a name, always the same one, of version 8.
    public static UUID named(String name) {
        var digest = ByteBuffer.wrap(Digests.sha256(name.getBytes(StandardCharsets.UTF_8)));
        long high = digest.getLong() & ~0xF000L | 0x8000L;
        long low = digest.getLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low);
    }

    /// Returns the smallest id of version 7 that can be created at this time, to find newer ones.
    public static UUID firstAt(Instant time) {
        return new UUID(time.toEpochMilli() << 16 | 0x7000L, 0x8000_0000_0000_0000L);
    }

    /// Returns when an id of version 7 was created; empty for others.
    public static Optional<Instant> createdAt(UUID id) {
        return id.version() == 7
                ? Optional.of(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16))
                : Optional.empty();
    }

    public static Optional<UUID> parse(String text) {
        return CANONICAL.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
