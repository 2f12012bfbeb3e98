package dev.banyan.workspaces.assistant;

import module java.base;

/// The hours when people are available.
///
/// @param days the hours of each open weekday, in their order; empty means always open except on closed days
/// @param closedDays dates on which it does not open
record OfficeHours(ZoneId zone, Map<DayOfWeek, List<Span>> days, Set<LocalDate> closedDays) {

    /// Of one day.
    static final int MOST_SPANS = 6;

    private static final int DAYS_AHEAD = 90;

    /// @param until midnight means the end of the day; a time before the beginning is one of the next day
    record Span(LocalTime from, LocalTime until) {

        static final Span WHOLE_DAY = new Span(LocalTime.MIN, LocalTime.MIN);

        /// Whether it lasts for some time; a whole day begins at midnight.
        boolean isLasting() {
            return until.equals(LocalTime.MIDNIGHT) || !from.equals(until);
        }

        private boolean isOverMidnight() {
            return !until.equals(LocalTime.MIDNIGHT) && until.isBefore(from);
        }

        /// Whether the time is in it, on the day on which it begins.
        boolean contains(LocalTime time) {
            return !time.isBefore(from)
                    && (until.equals(LocalTime.MIDNIGHT) || isOverMidnight() || time.isBefore(until));
        }

        /// Whether the time is in it, on the day after.
        boolean reaches(LocalTime time) {
            return isOverMidnight() && time.isBefore(until);
        }

        /// Whether it isn't over when another one of the same day begins, which is no earlier.
        boolean overlaps(Span later) {
            return contains(later.from());
        }
    }

    /// `mon` and so on, the value in tables and JSON.
    static String key(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    static Optional<DayOfWeek> day(String key) {
        return Stream.of(DayOfWeek.values()).filter(day -> key(day).equals(key)).findFirst();
    }

    static OfficeHours always(ZoneId zone) {
        return new OfficeHours(zone, Map.of(), Set.of());
    }

    boolean isAlways() {
        return days.isEmpty() && closedDays.isEmpty();
    }

    boolean isOpenAt(Instant moment) {
        ZonedDateTime local = moment.atZone(zone);
        LocalDate today = local.toLocalDate();
        LocalTime time = local.toLocalTime();
        return spans(today).stream().anyMatch(span -> span.contains(time))
                || spans(today.minusDays(1)).stream().anyMatch(span -> span.reaches(time));
    }

    private List<Span> spans(LocalDate day) {
        if (closedDays.contains(day)) {
            return List.of();
        }
        return days.isEmpty() ? List.of(Span.WHOLE_DAY) : days.getOrDefault(day.getDayOfWeek(), List.of());
    }

    /// Returns the next opening time within three months.
    Optional<ZonedDateTime> nextOpening(Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
            LocalDate day = today.plusDays(ahead);
            Optional<ZonedDateTime> opening = spans(day).stream()
                    .map(span -> first(day.atTime(span.from())))
                    .filter(begin -> begin.toInstant().isAfter(now))
                    .findFirst();
            if (opening.isPresent()) {
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
