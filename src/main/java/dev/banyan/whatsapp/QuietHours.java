package dev.banyan.whatsapp;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import java.util.stream.Stream;

/// When a pool sends nothing, by the clock of its time zone; to the minute. `from` may be later than `until`: then it
/// is quiet over midnight.
public record QuietHours(LocalTime from, LocalTime until) {

    public boolean contain(LocalTime time) {
        return from.isBefore(until)
                ? !time.isBefore(from) && time.isBefore(until)
                : !time.isBefore(from) || time.isBefore(until);
    }

    /// When they are over for now; empty outside of them. Clocks that are put forward or back may end them, too.
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
