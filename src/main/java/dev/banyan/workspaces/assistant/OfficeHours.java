package dev.banyan.workspaces.assistant;

import module java.base;

/// The hours when people are available.
///
/// @param days the hours of each open weekday; empty means always open except on closed days
/// @param closedDays dates on which it is closed
record OfficeHours(ZoneId zone, Map<DayOfWeek, Span> days, Set<LocalDate> closedDays) {

    private static final int DAYS_AHEAD = 90;

    /// @param until midnight means the end of the day
    record Span(LocalTime from, LocalTime until) {

        static final Span WHOLE_DAY = new Span(LocalTime.MIN, LocalTime.MIN);

        boolean isForwards() {
            return until.equals(LocalTime.MIDNIGHT) || from.isBefore(until);
        }

        boolean contains(LocalTime time) {
            return !time.isBefore(from) && (until.equals(LocalTime.MIDNIGHT) || time.isBefore(until));
        }
    }

    /// `mon` and so on, the value in tables and JSON.
    static String key(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    static OfficeHours always(ZoneId zone) {
        return new OfficeHours(zone, Map.of(), Set.of());
    }

    boolean isAlways() {
        return days.isEmpty() && closedDays.isEmpty();
    }

    boolean isOpenAt(Instant moment) {
        ZonedDateTime local = moment.atZone(zone);
        return span(local.toLocalDate())
                .filter(span -> span.contains(local.toLocalTime()))
                .isPresent();
    }

    private Optional<Span> span(LocalDate day) {
        if (closedDays.contains(day)) {
            return Optional.empty();
        }
        return days.isEmpty() ? Optional.of(Span.WHOLE_DAY) : Optional.ofNullable(days.get(day.getDayOfWeek()));
    }

    /// Returns the next opening time within three months.
    Optional<ZonedDateTime> nextOpening(Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
            LocalDate day = today.plusDays(ahead);
            Optional<ZonedDateTime> opening = span(day).map(span -> first(day.atTime(span.from())));
            if (opening.isPresent() && opening.get().toInstant().isAfter(now)) {
                return opening;
            }
        }
        return Optional.empty();
    }

    /// Returns the first moment at which local clocks show this time or a later one: when clocks are put forward they
    /// may skip it.
    private ZonedDateTime first(LocalDateTime time) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(time);
        return transition != null && transition.isGap()
                ? transition.getInstant().atZone(zone)
                : time.atZone(zone);
    }
}
