package dev.banyan.accounts.plans;

import module java.base;

/// The period in which a tenant with more sub-accounts than its plan holds can still change that. A day is 24 hours,
/// counted from the start of the period.
///
/// @param noticedDay the day of the last mail about it
/// @param isOver true once the sub-accounts over the limit are suspended; then none is read-only any more
public record GracePeriod(Instant startedAt, Instant endsAt, int noticedDay, boolean isOver) {

    public static final Duration LENGTH = Duration.ofDays(30);
    /// The days on which the owners get a mail.
    static final List<Integer> NOTICE_DAYS = List.of(0, 7, 21, 29);

    public static GracePeriod from(Instant now) {
        return new GracePeriod(now, now.plus(LENGTH), NOTICE_DAYS.getFirst(), false);
    }

    public boolean isRunning(Instant now) {
        return !isOver && now.isBefore(endsAt);
    }

    /// Returns the day of the mail that should have been sent by now; if several were missed, only the latest is sent.
    int noticeDueAt(Instant now) {
        long day = Duration.between(startedAt, now).toDays();
        return NOTICE_DAYS.stream().filter(notice -> notice <= day).reduce(noticedDay, Math::max);
    }

    GracePeriod noticed(int day) {
        return new GracePeriod(startedAt, endsAt, day, isOver);
    }

    GracePeriod over(boolean over) {
        return new GracePeriod(startedAt, endsAt, noticedDay, over);
    }
}
