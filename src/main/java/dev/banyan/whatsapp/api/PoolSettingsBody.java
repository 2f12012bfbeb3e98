package dev.banyan.whatsapp.api;

import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.PairLimit;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.QuietHours;
import dev.banyan.whatsapp.Strategy;
import dev.banyan.whatsapp.UncertainPolicy;
import dev.banyan.whatsapp.WarmUp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The requested settings of a pool; absent fields stay unchanged. [Tuning] validates the numbers.
record PoolSettingsBody(
        @Schema(
                description = "`round-robin`, `weighted`, `least-loaded`, `priority`, `random-two` or `region`",
                example = "round-robin")
        Optional<String> strategy,

        @Schema(description = "What becomes of a message whose fate nobody knows: `ask` or `resend`")
        Optional<String> uncertain,

        @Schema(description = "Messages in a minute and sender; 0: no limit")
        Optional<Integer> perMinute,

        @Schema(description = "Messages in a day and sender; 0: no limit")
        Optional<Integer> perDay,

        @Schema(description = "Whether the daily quota of new numbers grows: `on` or `off`")
        Optional<String> warmUp,

        @Schema(description = "A number writes to one contact once in so many seconds; 0: no limit")
        Optional<Integer> pairSeconds,

        @Schema(description = "How many may go at once before that, 1 to 100")
        Optional<Integer> pairBurst,

        @Schema(
                description = "Nothing is sent from then, by the pool's clock; empty: no quiet hours",
                example = "22:00")
        Optional<String> quietFrom,

        @Schema(description = "Nothing is sent until then", example = "07:30")
        Optional<String> quietUntil,

        @Schema(description = "Where the pool's days begin", example = "Asia/Dubai")
        Optional<String> timeZone,

        @Schema(description = "So many messages may wait; more are refused, 1 to 1,000,000")
        Optional<Integer> mostWaiting) {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");
    private static final String UTC = "UTC";
    private static final Invalid STRATEGY = new Invalid(
            "strategy", "strategy must be round-robin, weighted, least-loaded, priority, random-two or region");
    private static final Invalid POLICY = new Invalid("uncertain", "uncertain must be ask or resend");
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
                mostWaiting.orElse(before.mostWaiting()));
        return invalid.isEmpty() ? Outcome.done(wanted) : Outcome.rejected(invalid);
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
            invalid.add(new Invalid("pairSeconds", "pairSeconds is needed beside pairBurst"));
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
        return begin.isPresent() && end.isPresent()
                ? Optional.of(new QuietHours(begin.get(), end.get()))
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
