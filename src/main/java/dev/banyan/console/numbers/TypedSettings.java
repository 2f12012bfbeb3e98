package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.console.Refused;
import dev.banyan.platform.Parse;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.PairLimit;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.QuietHours;
import dev.banyan.whatsapp.Strategy;
import dev.banyan.whatsapp.UncertainPolicy;

/// Parses pool settings: `strategy=weighted quiet=22:00-07:00`.
final class TypedSettings {

    static final List<String> NAMES = List.of(
            "strategy",
            "uncertain",
            "per-minute",
            "per-day",
            "warm-up",
            "pair",
            "quiet",
            "quiet-answers",
            "zone",
            "most-waiting");

    private static final String NONE = "none";

    private final Map<String, String> pairs;

    private TypedSettings(Map<String, String> pairs) {
        this.pairs = pairs;
    }

    /// Overrides these settings with the typed ones.
    static PoolSettings over(PoolSettings before, Map<String, String> pairs) {
        return new TypedSettings(pairs).over(before);
    }

    private PoolSettings over(PoolSettings before) {
        return new PoolSettings(
                strategy(before),
                uncertain(before),
                new Pace(
                        limit("per-minute", before.pace().perMinute()),
                        limit("per-day", before.pace().perDay()),
                        warmsUp(before.pace().warmsUp())),
                pair(before.pair()),
                quiet(before.quiet()),
                zone(before.zone()),
                limit("most-waiting", Optional.of(before.mostWaiting()))
                        .orElseThrow(() -> new Refused("most-waiting must be a number")),
                before.groups());
    }

    private Optional<String> typed(String name) {
        return Optional.ofNullable(pairs.get(name));
    }

    private Strategy strategy(PoolSettings before) {
        Optional<String> typed = typed("strategy");
        return typed.isEmpty()
                ? before.strategy()
                : Strategy.parse(typed.get())
                        .orElseThrow(() -> new Refused("strategy must be one of "
                                + Arrays.stream(Strategy.values())
                                        .map(Strategy::key)
                                        .collect(Collectors.joining(", "))));
    }

    private UncertainPolicy uncertain(PoolSettings before) {
        Optional<String> typed = typed("uncertain");
        return typed.isEmpty()
                ? before.uncertain()
                : UncertainPolicy.parse(typed.get()).orElseThrow(() -> new Refused("uncertain must be ask or resend"));
    }

    private Optional<Integer> limit(String name, Optional<Integer> before) {
        Optional<String> typed = typed(name);
        if (typed.isEmpty() || typed.get().equals(NONE)) {
            return typed.isEmpty() ? before : Optional.empty();
        }
        if (!typed.get().matches("[0-9]{1,9}")) {
            throw new Refused(name + " must be a number or none");
        }
        return Optional.of(Integer.valueOf(typed.get()));
    }

    private Optional<Boolean> warmsUp(Optional<Boolean> before) {
        Optional<String> typed = typed("warm-up");
        if (typed.isPresent() && !List.of("on", "off").contains(typed.get())) {
            throw new Refused("warm-up must be on or off");
        }
        return typed.isEmpty() ? before : typed.map("on"::equals);
    }

    /// `6s` or `6s/45`: one message per six seconds, with a burst of 45.
    private Optional<PairLimit> pair(Optional<PairLimit> before) {
        Optional<String> typed = typed("pair");
        if (typed.isEmpty() || typed.get().equals(NONE)) {
            return typed.isEmpty() ? before : Optional.empty();
        }
        if (!typed.get().matches("[0-9]{1,5}s?(/[0-9]{1,4})?")) {
            throw new Refused("pair must be none, or seconds and a burst such as 6s/45");
        }
        String[] parts = typed.get().replace("s", "").split("/");
        return Optional.of(new PairLimit(
                Duration.ofSeconds(Long.parseLong(parts[0])), parts.length > 1 ? Integer.parseInt(parts[1]) : 1));
    }

    private Optional<QuietHours> quiet(Optional<QuietHours> before) {
        Optional<String> typed = typed("quiet");
        Duration answers = limit("quiet-answers", before.map(hours ->
                        (int) hours.answersWithin().toMinutes()))
                .map(Duration::ofMinutes)
                .orElse(typed("quiet-answers").isPresent() ? Duration.ZERO : QuietHours.ANSWERS_WITHIN);
        if (typed.isEmpty()) {
            return before.map(hours -> new QuietHours(hours.from(), hours.until(), answers));
        }
        if (typed.get().equals(NONE)) {
            return Optional.empty();
        }
        String[] parts = typed.get().split("-", -1);
        try {
            if (parts.length == 2 && parts[0].length() == 5 && parts[1].length() == 5) {
                return Optional.of(new QuietHours(LocalTime.parse(parts[0]), LocalTime.parse(parts[1]), answers));
            }
        } catch (DateTimeException _) {
            // Falls through to the common error message.
        }
        throw new Refused("quiet must be none, or hours such as 22:00-07:00");
    }

    private ZoneId zone(ZoneId before) {
        return typed("zone")
                .map(typed -> Parse.of(typed, ZoneId::of)
                        .orElseThrow(() -> new Refused("zone must be a time zone such as Asia/Dubai")))
                .orElse(before);
    }
}
