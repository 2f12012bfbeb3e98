package dev.banyan.whatsapp;

import static dev.banyan.platform.fields.Field.Door.API;
import static dev.banyan.platform.fields.Field.Door.CONSOLE;
import static dev.banyan.platform.fields.Field.Door.FILE;
import static dev.banyan.platform.fields.Field.Door.FORM;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.fields.Field;
import dev.banyan.platform.fields.Fields;
import dev.banyan.platform.fields.Fields.Input;
import dev.banyan.platform.fields.Kind;

/// How a pool balances its load, and its limits.
///
/// @param pace of each sender without a pace of its own
/// @param pair empty: no limit
/// @param quiet empty: sends at all hours
/// @param zone time zone of its days and quiet hours
/// @param mostWaiting queue size; more messages are refused, 1 to 1,000,000
/// @param groups whether it asks for the messages of groups, which are ignored otherwise
/// @param poolClass what it is for
/// @param receiptWithin how soon a message of a pool of codes must have reached its phone before another number sends
///     it, 2 to 60 seconds
public record PoolSettings(
        Strategy strategy,
        UncertainPolicy uncertain,
        Pace pace,
        Optional<PairLimit> pair,
        Optional<QuietHours> quiet,
        ZoneId zone,
        int mostWaiting,
        boolean groups,
        PoolClass poolClass,
        Duration receiptWithin) {

    public enum PoolClass implements Keyed {
        ANY("Anything"),
        /// One-time codes: they don't wait for a number that WhatsApp takes messages from and delivers none of.
        CODES("One-time codes: no campaigns, and a code that doesn’t arrive is sent by the next number"),
        SERVICE("Answers and notices"),
        MARKETING("Campaigns");

        public final String meaning;

        PoolClass(String meaning) {
            this.meaning = meaning;
        }

        public static Optional<PoolClass> parse(String key) {
            return Keyed.parse(PoolClass.class, key);
        }
    }

    public static final Duration RECEIPT_WITHIN = Duration.ofSeconds(8);

    public static final int LONGEST_QUEUE = 1_000_000;

    /// The settings of a pool that was never configured.
    public static final PoolSettings DEFAULT = new PoolSettings(
            Strategy.ROUND_ROBIN,
            UncertainPolicy.ASK,
            Pace.AS_POOL,
            Optional.empty(),
            Optional.empty(),
            ZoneOffset.UTC,
            10_000);

    public static final Fields<PoolSettings> FIELDS = new Fields<>(DEFAULT, PoolSettings::of);

    private static final Field<PoolSettings, Strategy> STRATEGY = FIELDS.add(
                    "strategy",
                    Kind.text(
                            Strategy::parse,
                            Strategy::key,
                            "must be one of round-robin, weighted, least-loaded, priority, random-two, region"),
                    PoolSettings::strategy)
            .says("must be round-robin, weighted, least-loaded, priority, random-two or region", API)
            .says("Choose a strategy", FORM);
    private static final Field<PoolSettings, UncertainPolicy> UNCERTAIN = FIELDS.add(
                    "uncertain", UncertainPolicy.KIND, PoolSettings::uncertain)
            .says(UncertainPolicy.CHOOSE, FORM);
    private static final Field<PoolSettings, Optional<Integer>> PER_MINUTE =
            limit("perMinute", settings -> settings.pace.perMinute(), Pace.MOST_PER_MINUTE);
    private static final Field<PoolSettings, Optional<Integer>> PER_DAY =
            limit("perDay", settings -> settings.pace.perDay(), Pace.MOST_PER_DAY);
    private static final Field<PoolSettings, Optional<Boolean>> WARM_UP = FIELDS.add(
                    "warmUp", Kind.onOff().optional(), settings -> settings.pace.warmsUp())
            .called("warmsUp", FORM, FILE);
    private static final Field<PoolSettings, Optional<Integer>> PAIR_SECONDS = limit(
            "pairSeconds",
            settings -> settings.pair.map(pair -> (int) pair.every().toSeconds()),
            3_600);
    private static final Field<PoolSettings, Optional<Integer>> PAIR_BURST = FIELDS.add(
                    "pairBurst", Kind.number().optional(), settings -> settings.pair.map(PairLimit::burst))
            .none(Optional.of(1))
            .between(1, 100);
    private static final Field<PoolSettings, Optional<LocalTime>> QUIET_FROM =
            time("quietFrom", settings -> settings.quiet.map(QuietHours::from));
    private static final Field<PoolSettings, Optional<LocalTime>> QUIET_UNTIL =
            time("quietUntil", settings -> settings.quiet.map(QuietHours::until));
    private static final Field<PoolSettings, Integer> QUIET_ANSWERS = FIELDS.add(
                    "quietAnswerMinutes", Kind.number(), settings -> (int) settings.quiet
                            .map(QuietHours::answersWithin)
                            .orElse(QuietHours.ANSWERS_WITHIN)
                            .toMinutes())
            .called("quietAnswers", FORM)
            .called("quiet-answers", CONSOLE)
            .says("must be a number or none", CONSOLE)
            .none(0)
            .between(0, QuietHours.MOST_ANSWER_MINUTES);
    private static final Field<PoolSettings, ZoneId> ZONE = FIELDS.add("timeZone", Kind.zone(), PoolSettings::zone)
            .called("zone", FORM, CONSOLE)
            .says("must be a name such as Asia/Dubai", API)
            .says("Enter a time zone, such as Asia/Dubai", FORM);
    private static final Field<PoolSettings, Integer> MOST_WAITING = FIELDS.add(
                    "mostWaiting", Kind.number(), PoolSettings::mostWaiting)
            .required("Longest queue")
            .between(1, LONGEST_QUEUE);
    private static final Field<PoolSettings, Boolean> GROUPS =
            FIELDS.add("groups", Kind.onOff(), PoolSettings::groups).called("withGroups", FORM);
    private static final Field<PoolSettings, PoolClass> CLASS = FIELDS.add(
                    "poolClass",
                    Kind.text(PoolClass::parse, PoolClass::key, "must be any, codes, service or marketing"),
                    PoolSettings::poolClass)
            .none(PoolClass.ANY);
    private static final Field<PoolSettings, Integer> RECEIPT_SECONDS = FIELDS.add(
                    "receiptSeconds", Kind.number(), settings -> (int) settings.receiptWithin.toSeconds())
            .none((int) RECEIPT_WITHIN.toSeconds())
            .between(2, 60);

    private static Field<PoolSettings, Optional<Integer>> limit(
            String name, Function<PoolSettings, Optional<Integer>> getter, int most) {
        return FIELDS.add(name, Kind.number().optional(), getter)
                .says("must be a number or none", CONSOLE)
                .none(Optional.empty())
                .between(1, most);
    }

    private static Field<PoolSettings, Optional<LocalTime>> time(
            String name, Function<PoolSettings, Optional<LocalTime>> getter) {
        return FIELDS.add(name, Kind.time().optional(), getter)
                .says("must be a time such as 07:30", API)
                .says("Enter a time such as 22:00, or leave both empty", FORM)
                .says("must be a time such as 22:00", CONSOLE, FILE)
                .none(Optional.empty());
    }

    private static PoolSettings of(Input<PoolSettings> input) {
        if (input.get(PAIR_SECONDS).isEmpty() && input.has(PAIR_BURST) && !input.has(PAIR_SECONDS)) {
            input.refuse(PAIR_SECONDS, new Invalid("pairSeconds", "pairBurst needs pairSeconds"));
        }
        return new PoolSettings(
                input.get(STRATEGY),
                input.get(UNCERTAIN),
                new Pace(input.get(PER_MINUTE), input.get(PER_DAY), input.get(WARM_UP)),
                input.get(PAIR_SECONDS)
                        .map(seconds -> new PairLimit(
                                Duration.ofSeconds(seconds),
                                input.get(PAIR_BURST).orElse(1))),
                quiet(input),
                input.get(ZONE),
                input.get(MOST_WAITING),
                input.get(GROUPS),
                input.get(CLASS),
                Duration.ofSeconds(input.get(RECEIPT_SECONDS)));
    }

    private static Optional<QuietHours> quiet(Input<PoolSettings> input) {
        Optional<LocalTime> from = input.get(QUIET_FROM);
        Optional<LocalTime> until = input.get(QUIET_UNTIL);
        if (from.isEmpty() && !input.has(QUIET_UNTIL)) {
            return Optional.empty(); // cleared
        }
        if (from.isPresent() != until.isPresent()) {
            if (input.door() == FILE) {
                String present = from.isPresent() ? "quietFrom" : "quietUntil";
                input.refuse(
                        from.isPresent() ? QUIET_FROM : QUIET_UNTIL,
                        new Invalid(present, present + " needs both a start and an end"));
            } else {
                input.refuse(from.isPresent() ? QUIET_UNTIL : QUIET_FROM);
            }
        }
        Duration answers = Duration.ofMinutes(input.get(QUIET_ANSWERS));
        return from.flatMap(begin -> until.map(end -> new QuietHours(begin, end, answers)));
    }

    /// Returns the name of the time zone as people write it: `UTC` and not `Z`.
    public String zoneName() {
        return ZONE.text(this);
    }

    /// Returns which rules it breaks, by field.
    public List<Invalid> broken() {
        var broken = new ArrayList<>(FIELDS.broken(this));
        quiet.filter(hours -> hours.from().equals(hours.until()))
                .ifPresent(_ -> broken.add(new Invalid("quietUntil", "Quiet hours can't end when they start")));
        return List.copyOf(broken);
    }

    /// A pool that ignores groups.
    public PoolSettings(
            Strategy strategy,
            UncertainPolicy uncertain,
            Pace pace,
            Optional<PairLimit> pair,
            Optional<QuietHours> quiet,
            ZoneId zone,
            int mostWaiting) {
        this(strategy, uncertain, pace, pair, quiet, zone, mostWaiting, false, PoolClass.ANY, RECEIPT_WITHIN);
    }

    /// Normalizes an absent warm-up to off, so that equal settings compare equal.
    public PoolSettings {
        pace = new Pace(
                pace.perMinute(), pace.perDay(), Optional.of(pace.warmsUp().orElse(false)));
    }

    public PoolSettings withUncertain(UncertainPolicy policy) {
        return new PoolSettings(
                strategy, policy, pace, pair, quiet, zone, mostWaiting, groups, poolClass, receiptWithin);
    }

    public PoolSettings withZone(ZoneId wanted) {
        return new PoolSettings(
                strategy, uncertain, pace, pair, quiet, wanted, mostWaiting, groups, poolClass, receiptWithin);
    }

    public PoolSettings withGroups(boolean wanted) {
        return new PoolSettings(
                strategy, uncertain, pace, pair, quiet, zone, mostWaiting, wanted, poolClass, receiptWithin);
    }
}
