package dev.banyan.platform;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Makes and reads UUIDs. New ones are version 7: they sort by time of creation, so lists page by id alone.
@Singleton
public final class Uuids {

    // UUID.fromString accepts "1-1-1-1-1"; only the canonical form is an id here.
    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    // Counts up within a millisecond, so that ids made one after the other sort one after the other.
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

    public static Optional<UUID> parse(String text) {
        return CANONICAL.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
