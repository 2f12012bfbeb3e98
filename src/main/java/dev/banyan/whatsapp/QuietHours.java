package dev.banyan.whatsapp;

import module java.base;

/// The hours in which a pool sends nothing, in its time zone, to the minute. If `from` is later than `until`,
/// they span midnight.
///
/// @param answersWithin a customer who has written within this time is answered nevertheless; zero: not even then
public record QuietHours(LocalTime from, LocalTime until, Duration answersWithin) {

    public static final Duration ANSWERS_WITHIN = Duration.ofHours(1);
    public static final int MOST_ANSWER_MINUTES = 24 * 60;

    public boolean contain(LocalTime time) {
        return from.isBefore(until)
                ? !time.isBefore(from) && time.isBefore(until)
                : !time.isBefore(from) || time.isBefore(until);
    }

    /// Returns when the current quiet hours end; empty outside of them. A clock change for daylight saving may end
    /// them, too.
    public Optional<Instant> over(Instant now, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        LocalDateTime here = LocalDateTime.ofInstant(now, rules.getOffset(now));
        if (!contain(here.toLocalTime())) {
            return Optional.empty();
        }
        LocalDateTime end = here.toLocalDate().atTime(until);
        Stream<Instant> ends = Stream.of(end, end.plusDays(1), end.plusDays(2))
                .flatMap(time -> rules.getValidOffsets(time).stream().map(time::toInstant));
        Stream<Instant> changes = Stream.ofNullable(rules.nextTransition(now)).map(ZoneOffsetTransition::getInstant);
        return Stream.concat(ends, changes)
                .filter(time -> time.isAfter(now))
                .filter(time -> !contain(LocalTime.ofInstant(time, zone)))
                .min(Instant::compareTo);
    }
}
