package dev.banyan.analytics;

import module java.base;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.document.JsonDocument;

/// Counts by dimension: by device, by referrer and so on. Not thread-safe.
final class Breakdown {

    /// The name for values beyond the daily limit.
    static final String OTHERS = "~";

    /// The value of [Dimension#CHAT].
    static final String MESSAGE_US = "whatsapp";

    /// During aggregation in memory, a dimension may have more values than a stored day; the largest are kept.
    private static final int WHILE_SUMMED = 4;

    private static final TypeReference<Map<String, Map<String, Long>>> SHAPE = new TypeReference<>() {};

    /// One value of a dimension.
    record Part(String value, long count) {}

    private final Map<Dimension, Map<String, Long>> counts = new EnumMap<>(Dimension.class);

    /// @param value empty if it is unknown
    void add(Dimension dimension, String value, long count) {
        Map<String, Long> of = counts.computeIfAbsent(dimension, _ -> new HashMap<>());
        boolean room = of.size() < dimension.most * WHILE_SUMMED || of.containsKey(value);
        of.merge(room ? value : OTHERS, count, Long::sum);
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    void addAll(Breakdown others) {
        others.counts.forEach((dimension, of) -> {
            Map<String, Long> mine = counts.computeIfAbsent(dimension, _ -> new HashMap<>());
            of.forEach((value, count) -> mine.merge(value, count, Long::sum));
        });
    }

    /// Returns the largest values first, then by name; the rest combined as others comes last. Hosts that were counted
    /// apart before they were known to be one referrer are combined.
    List<Part> top(Dimension dimension, int most) {
        UnaryOperator<String> shown = dimension == Dimension.REFERRER ? Referrers::source : UnaryOperator.identity();
        return counts.getOrDefault(dimension, Map.of()).entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> shown.apply(entry.getKey()), Collectors.summingLong(Map.Entry::getValue)))
                .entrySet()
                .stream()
                .map(entry -> new Part(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing((Part part) -> part.value().equals(OTHERS))
                        .thenComparing(Comparator.comparingLong(Part::count).reversed())
                        .thenComparing(Part::value))
                .limit(most)
                .toList();
    }

    Map<String, Long> of(Dimension dimension) {
        return Map.copyOf(counts.getOrDefault(dimension, Map.of()));
    }

    long count(Dimension dimension, String value) {
        return counts.getOrDefault(dimension, Map.of()).getOrDefault(value, 0L);
    }

    static Breakdown parse(String text) {
        var parts = new Breakdown();
        if (!text.isEmpty()) {
            JsonDocument.read(text, SHAPE)
                    .forEach(
                            (key, of) -> Keyed.parse(Dimension.class, key).ifPresent(one -> parts.counts.put(one, of)));
        }
        return parts;
    }

    /// Returns the stored form, with as many values of each dimension as a day keeps.
    String text() {
        var kept = new LinkedHashMap<String, Map<String, Long>>();
        counts.forEach((dimension, of) -> kept.put(dimension.key(), largest(of, dimension.most)));
        return kept.isEmpty() ? "" : JsonDocument.write(kept);
    }

    private static Map<String, Long> largest(Map<String, Long> of, int most) {
        if (of.size() <= most) {
            return of;
        }
        Map<String, Long> kept = of.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(OTHERS))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(most - 1L)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, LinkedHashMap::new));
        long all = of.values().stream().mapToLong(Long::longValue).sum();
        long those = kept.values().stream().mapToLong(Long::longValue).sum();
        kept.put(OTHERS, all - those);
        return kept;
    }

    /// Views of each hour of the week in the zone of an account, in whole hours. They are counted in UTC; the zone's
    /// offset is the one of each day. Not thread-safe.
    static final class HourCounts {

        static final int HOURS = 24;
        private static final float SECONDS = 3_600;

        private final long[][] counts = new long[DayOfWeek.values().length][HOURS];
        private boolean rounded;

        void add(Map<LocalDate, Breakdown> days, ZoneId zone) {
            days.forEach((date, parts) -> {
                int seconds =
                        zone.getRules().getOffset(date.atTime(LocalTime.NOON)).getTotalSeconds();
                int ahead = Math.round(seconds / SECONDS);
                rounded |= seconds != ahead * SECONDS;
                for (int hour = 0; hour < HOURS; hour++) {
                    counts[date.getDayOfWeek().ordinal()][Math.floorMod(hour + ahead, HOURS)] +=
                            parts.count(Dimension.HOUR, Integer.toString(hour));
                }
            });
        }

        void addAll(HourCounts others) {
            rounded |= others.rounded;
            for (DayOfWeek day : DayOfWeek.values()) {
                for (int hour = 0; hour < HOURS; hour++) {
                    counts[day.ordinal()][hour] += others.of(day, hour);
                }
            }
        }

        long of(DayOfWeek day, int hour) {
            return counts[day.ordinal()][hour];
        }

        long most() {
            return Arrays.stream(counts).flatMapToLong(Arrays::stream).max().orElse(0);
        }

        /// Returns whether the zone is not whole hours away from UTC.
        boolean isRounded() {
            return rounded;
        }
    }
}
