package dev.banyan.accounts.plans;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The time in which a tenant with more sub-accounts than its plan holds may still change that. A day is 24 hours,
/// counted from the instant at which it started.
///
/// @param noticedDay the day of the last mail about it
/// @param isOver nobody is read-only any more: what is in excess is suspended
public record GracePeriod(Instant startedAt, Instant endsAt, int noticedDay, boolean isOver) {

    public static final Duration LENGTH = Duration.ofDays(30);
    /// The days on which its owners get a mail.
    static final List<Integer> NOTICE_DAYS = List.of(0, 7, 21, 29);

    public static GracePeriod from(Instant now) {
        return new GracePeriod(now, now.plus(LENGTH), NOTICE_DAYS.getFirst(), false);
    }

    public boolean isRunning(Instant now) {
        return !isOver && now.isBefore(endsAt);
    }

    /// The day of the mail that should be the last one by now; of several that were missed only the newest is sent.
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
