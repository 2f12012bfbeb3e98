package dev.banyan.commands;

import dev.banyan.platform.config.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A clock that went back makes sessions last too long and lists come in the wrong order; what the server wrote last
/// shows it.
final class ClockCheck {

    private static final Duration TOLERATED = Duration.ofMinutes(2);

    private ClockCheck() {}

    static List<Finding> of(Path data, Clock clock) {
        var findings = new ArrayList<Finding>();
        Stream.of(DataFolder.database(data), data.resolve("banyan.db-wal"), data.resolve("logs/backend.log"))
                .filter(file -> written(file).isAfter(clock.instant().plus(TOLERATED)))
                .findFirst()
                .ifPresent(file -> findings.add(Finding.problem("The clock says " + clock.instant() + ", but " + file
                        + " was written at " + written(file) + "; set the clock")));
        return findings;
    }

    private static Instant written(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException _) {
            return Instant.EPOCH;
        }
    }
}
