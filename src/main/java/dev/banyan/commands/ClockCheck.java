package dev.banyan.commands;

import module java.base;
import dev.banyan.platform.config.DataFolder;

/// Checks whether the clock was set back, by comparing it with the latest times in the database. A wrong clock extends
/// sessions and changes the order of lists.
final class ClockCheck {

    private static final Duration TOLERATED = Duration.ofMinutes(2);

    private ClockCheck() {}

    static List<Finding> of(Path data, Clock clock) {
        var findings = new ArrayList<Finding>();
        Stream.of(DataFolder.database(data), data.resolve("banyan.db-wal"), data.resolve("logs/backend.log"))
                .filter(file -> written(file).isAfter(clock.instant().plus(TOLERATED)))
                .findFirst()
                .ifPresent(file -> findings.add(Finding.problem("The clock shows " + clock.instant() + ", but " + file
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
