package dev.banyan.platform.backup;

import module java.base;

/// When and where the server writes backups by itself.
///
/// @param enabled false if backups are written only when an operator asks for one
/// @param day of the week; empty: every day
/// @param zone of `at` and of the day
/// @param keep how many backups stay in the place
/// @param changedAt what was due before that is not made up for
public record BackupPlan(
        boolean enabled,
        Optional<DayOfWeek> day,
        LocalTime at,
        ZoneId zone,
        int keep,
        BackupPlace place,
        Instant changedAt) {

    private static final int TRIES_AGAIN = 3;
    private static final Duration TRY_AFTER = Duration.ofHours(1);

    /// Returns when the next one is due, if it is enabled.
    public Optional<Instant> next(Instant now) {
        return enabled ? Optional.of(on(lastDay(now).plusDays(days()))) : Optional.empty();
    }

    /// Returns the time of the plan for which a backup has to be written now. After days without a server, that is one
    /// time, not all that were missed.
    ///
    /// @param begun the latest time of the plan for which one was begun
    Optional<Instant> due(Instant now, Optional<Instant> begun) {
        Instant last = last(now);
        boolean isMissing = last.isAfter(changedAt)
                && begun.filter(time -> !time.isBefore(last)).isEmpty();
        return enabled && isMissing ? Optional.of(last) : Optional.empty();
    }

    /// Whether to try again what failed at the latest time of the plan: after an hour each time, and three times at
    /// most.
    ///
    /// @param newest what was begun, the newest first
    boolean isDueAgain(Instant now, List<BackupResult> newest) {
        Instant last = last(now);
        List<BackupResult> since = newest.stream()
                .takeWhile(result -> !result.startedAt().isBefore(last))
                .toList();
        return enabled
                && !since.isEmpty()
                && since.size() <= TRIES_AGAIN
                && since.stream().allMatch(BackupResult::isFailed)
                && !since.getFirst().startedAt().plus(TRY_AFTER).isAfter(now);
    }

    private Instant last(Instant now) {
        return on(lastDay(now));
    }

    private LocalDate lastDay(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        LocalDate date = day.map(wanted -> today.with(TemporalAdjusters.previousOrSame(wanted)))
                .orElse(today);
        return on(date).isAfter(now) ? date.minusDays(days()) : date;
    }

    private Instant on(LocalDate date) {
        return date.atTime(at).atZone(zone).toInstant();
    }

    private int days() {
        return day.isPresent() ? 7 : 1;
    }
}
