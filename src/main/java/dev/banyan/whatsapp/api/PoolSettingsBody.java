package dev.banyan.whatsapp.api;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.PairLimit;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.QuietHours;
import dev.banyan.whatsapp.Strategy;
import dev.banyan.whatsapp.UncertainPolicy;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The requested settings of a pool; absent fields stay unchanged. [Tuning] validates the numbers.
record PoolSettingsBody(
        @Schema(
                description = "`round-robin`, `weighted`, `least-loaded`, `priority`, `random-two` or `region`",
                example = "round-robin")
        Optional<String> strategy,

        @Schema(description = "What to do with messages whose result is unknown: `ask` or `resend`")
        Optional<String> uncertain,

        @Schema(description = "Messages per minute and sender; 0 for no limit")
        Optional<Integer> perMinute,

        @Schema(description = "Messages per day and sender; 0 for no limit")
        Optional<Integer> perDay,

        @Schema(description = "Whether new numbers start with a low daily limit that grows: `on` or `off`")
        Optional<String> warmUp,

        @Schema(description = "Seconds between messages from a number to the same contact; 0 for no limit")
        Optional<Integer> pairSeconds,

        @Schema(description = "Burst size: messages sent before that limit applies, 1 to 100")
        Optional<Integer> pairBurst,

        @Schema(description = "Start of quiet hours, in the pool's time zone; empty for none", example = "22:00")
        Optional<String> quietFrom,

        @Schema(description = "End of quiet hours", example = "07:30")
        Optional<String> quietUntil,

        @Schema(
                description = "Customers who wrote within these minutes are answered in quiet hours, 0 to 1440; 0 for"
                        + " none, 60 by default")
        Optional<Integer> quietAnswerMinutes,

        @Schema(description = "Time zone of the pool's days and quiet hours", example = "Asia/Dubai")
        Optional<String> timeZone,

        @Schema(description = "Longest queue, 1 to 1,000,000; further messages are refused")
        Optional<Integer> mostWaiting,

        @Schema(description = "Whether messages of groups are received: `on` or `off`, which is the default")
        Optional<String> groups) {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");
    private static final String UTC = "UTC";
    private static final Invalid STRATEGY = new Invalid(
            "strategy", "strategy must be round-robin, weighted, least-loaded, priority, random-two or region");
    private static final Invalid POLICY = new Invalid("uncertain", "uncertain must be ask or resend");
    private static final Invalid GROUPS = new Invalid("groups", "groups must be on or off");
    private static final Invalid ZONE = new Invalid("timeZone", "timeZone must be a name such as Asia/Dubai");

    /// @param before the current settings
    Outcome<PoolSettings> on(PoolSettings before) {
        var invalid = new ArrayList<Invalid>();
        var wanted = new PoolSettings(
                read(strategy, Strategy::parse, before.strategy(), invalid, STRATEGY),
                read(uncertain, UncertainPolicy::parse, before.uncertain(), invalid, POLICY),
                new Pace(
                        limit(perMinute, before.pace().perMinute()),
                        limit(perDay, before.pace().perDay()),
                        read(
                                warmUp,
                                word -> WarmUp.read(word).filter(Optional::isPresent),
                                before.pace().warmsUp(),
                                invalid,
                                WarmUp.BAD_OF_POOL)),
                pair(before.pair(), invalid),
                quiet(before.quiet(), invalid),
                read(timeZone, PoolSettingsBody::zone, before.zone(), invalid, ZONE),
                mostWaiting.orElse(before.mostWaiting()),
                read(groups, PoolSettingsBody::isOn, before.groups(), invalid, GROUPS));
        return invalid.isEmpty() ? Outcome.done(wanted) : Outcome.rejected(invalid);
    }

    private static Optional<Boolean> isOn(String word) {
        return switch (word) {
            case "on" -> Optional.of(true);
            case "off" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static <T> T read(
            Optional<String> typed,
            Function<String, Optional<T>> reading,
            T before,
            List<Invalid> invalid,
            Invalid otherwise) {
        Optional<T> wanted = typed.map(String::strip).flatMap(reading);
        if (typed.isPresent() && wanted.isEmpty()) {
            invalid.add(otherwise);
        }
        return wanted.orElse(before);
    }

    private static Optional<ZoneId> zone(String name) {
        return name.equals(UTC)
                ? Optional.of(ZoneOffset.UTC)
                : Optional.of(name)
                        .filter(ZoneId.getAvailableZoneIds()::contains)
                        .map(ZoneId::of);
    }

    /// Returns the zone as written in the API.
    static String name(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? UTC : zone.getId();
    }

    static String minute(LocalTime time) {
        return MINUTE.format(time);
    }

    private static Optional<Integer> limit(Optional<Integer> wanted, Optional<Integer> before) {
        return wanted.isEmpty() ? before : wanted.filter(number -> number != 0);
    }

    private Optional<PairLimit> pair(Optional<PairLimit> before, List<Invalid> invalid) {
        Optional<Duration> every = limit(
                        pairSeconds, before.map(limit -> (int) limit.every().toSeconds()))
                .map(Duration::ofSeconds);
        if (every.isEmpty() && pairBurst.isPresent() && pairSeconds.isEmpty()) {
            invalid.add(new Invalid("pairSeconds", "pairBurst needs pairSeconds"));
        }
        return every.map(time -> new PairLimit(
                time, pairBurst.or(() -> before.map(PairLimit::burst)).orElse(1)));
    }

    private Optional<QuietHours> quiet(Optional<QuietHours> before, List<Invalid> invalid) {
        Optional<String> from = quietFrom.or(() -> before.map(hours -> minute(hours.from())));
        Optional<String> until = quietUntil.or(() -> before.map(hours -> minute(hours.until())));
        if (isBlank(from) && (quietUntil.isEmpty() || isBlank(until))) {
            return Optional.empty(); // absent, or cleared
        }
        Optional<LocalTime> begin = time("quietFrom", from, invalid);
        Optional<LocalTime> end = time("quietUntil", until, invalid);
        Duration answers = quietAnswerMinutes
                .map(Duration::ofMinutes)
                .or(() -> before.map(QuietHours::answersWithin))
                .orElse(QuietHours.ANSWERS_WITHIN);
        return begin.isPresent() && end.isPresent()
                ? Optional.of(new QuietHours(begin.get(), end.get(), answers))
                : Optional.empty();
    }

    private static boolean isBlank(Optional<String> text) {
        return text.filter(typed -> !typed.isBlank()).isEmpty();
    }

    private static Optional<LocalTime> time(String field, Optional<String> typed, List<Invalid> invalid) {
        try {
            return Optional.of(LocalTime.parse(typed.orElse("").strip(), MINUTE));
        } catch (DateTimeException _) {
            invalid.add(new Invalid(field, field + " must be a time such as 07:30"));
            return Optional.empty();
        }
    }
}
