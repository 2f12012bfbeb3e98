package dev.banyan.whatsapp.configfile;

import module java.base;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Parse;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.PairLimit;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.QuietHours;
import dev.banyan.whatsapp.SenderOverrides;
import dev.banyan.whatsapp.Strategy;
import dev.banyan.whatsapp.UncertainPolicy;
import dev.banyan.whatsapp.registry.Tuning;

/// Reads and writes Banyan's additions to version 3.0 of a `bots-config.json`: the object `tuning` of a sender and the
/// object `pool` of a master, names that no other program uses. An object that is present is complete: missing fields
/// mean the defaults.
final class BotsConfigTuning {

    static final String TUNING = "tuning";
    static final String POOL = "pool";

    private final BotsConfigFields fields;
    private final String id;

    /// @param id of the sender, for error messages
    BotsConfigTuning(BotsConfigFields fields, String id) {
        this.fields = fields;
        this.id = id;
    }

    static void write(ObjectNode sender, SenderOverrides traits) {
        if (traits.equals(SenderOverrides.NONE)) {
            return;
        }
        ObjectNode tuning = sender.putObject(TUNING);
        if (!traits.tags().isEmpty()) {
            var tags = tuning.putArray("tags");
            traits.tags().forEach(tags::add);
        }
        traits.region().ifPresent(region -> tuning.put("region", region));
        tuning.put("weight", traits.weight()).put("priority", traits.priority());
        write(tuning, traits.pace());
    }

    static void write(ObjectNode master, PoolSettings settings) {
        if (settings.equals(PoolSettings.DEFAULT)) {
            return;
        }
        ObjectNode pool = master.putObject(POOL);
        pool.put("strategy", settings.strategy().key())
                .put("uncertain", settings.uncertain().key());
        write(pool, settings.pace());
        settings.pair()
                .ifPresent(pair ->
                        pool.put("pairSeconds", pair.every().toSeconds()).put("pairBurst", pair.burst()));
        settings.quiet()
                .ifPresent(quiet -> pool.put("quietFrom", quiet.from().toString())
                        .put("quietUntil", quiet.until().toString())
                        .put("quietAnswerMinutes", quiet.answersWithin().toMinutes()));
        pool.put("timeZone", settings.zone().getId()).put("mostWaiting", settings.mostWaiting());
        if (settings.groups()) {
            pool.put("groups", true);
        }
    }

    private static void write(ObjectNode node, Pace pace) {
        pace.perMinute().ifPresent(limit -> node.put("perMinute", limit));
        pace.perDay().ifPresent(limit -> node.put("perDay", limit));
        pace.warmsUp().ifPresent(warmsUp -> node.put("warmsUp", warmsUp));
    }

    /// @param sender the fields of its entry
    Optional<SenderOverrides> traits(Map<String, JsonWithLines> sender) {
        int line = BotsConfigFields.line(sender, TUNING, 1);
        return fields.object(sender, TUNING).map(tuning -> {
            List<String> tags = fields.texts(tuning, "tags").orElse(List.of()).stream()
                    .distinct()
                    .sorted()
                    .toList();
            Optional<String> region = fields.text(tuning, "region");
            int weight = fields.integer(tuning, "weight").orElse(SenderOverrides.NONE.weight());
            int priority = fields.integer(tuning, "priority").orElse(SenderOverrides.NONE.priority());
            Pace pace = pace(tuning);
            var wish = Tuning.TuningRequest.ofTraits(
                    Optional.of(tags), region, Optional.of(weight), Optional.of(priority));
            refuse(line, Tuning.broken(wish));
            // In a change request 0 means "use the pool's value"; stored, it would be a limit that blocks everything.
            refuse(line, Tuning.broken(pace));
            return new SenderOverrides(
                    tags.stream().limit(SenderOverrides.MOST_TAGS).toList(),
                    region.map(Tuning::region).filter(text -> !text.isEmpty()),
                    weight,
                    priority,
                    pace);
        });
    }

    /// @param master the fields of its entry
    Optional<PoolSettings> settings(Map<String, JsonWithLines> master) {
        int line = BotsConfigFields.line(master, POOL, 1);
        return fields.object(master, POOL).map(pool -> {
            var settings = new PoolSettings(
                    strategy(pool),
                    uncertain(pool),
                    pace(pool),
                    pair(pool),
                    quiet(pool),
                    zone(pool),
                    fields.integer(pool, "mostWaiting").orElse(PoolSettings.DEFAULT.mostWaiting()),
                    fields.bool(pool, "groups").orElse(false));
            refuse(line, Tuning.broken(settings));
            return settings;
        });
    }

    private void refuse(int line, List<Invalid> invalid) {
        invalid.forEach(broken -> fields.conflict(line, BotsConfigFields.quoted(id) + ": " + broken.apiMessage()));
    }

    private Pace pace(Map<String, JsonWithLines> node) {
        return new Pace(
                fields.integer(node, "perMinute"), fields.integer(node, "perDay"), fields.bool(node, "warmsUp"));
    }

    private Strategy strategy(Map<String, JsonWithLines> pool) {
        return fields.text(pool, "strategy")
                .map(key -> Strategy.parse(key)
                        .orElseGet(() -> wrong(
                                pool,
                                "strategy",
                                "must be one of "
                                        + Arrays.stream(Strategy.values())
                                                .map(Strategy::key)
                                                .collect(Collectors.joining(", ")),
                                PoolSettings.DEFAULT.strategy())))
                .orElse(PoolSettings.DEFAULT.strategy());
    }

    private UncertainPolicy uncertain(Map<String, JsonWithLines> pool) {
        return fields.text(pool, "uncertain")
                .map(key -> UncertainPolicy.parse(key)
                        .orElseGet(() ->
                                wrong(pool, "uncertain", "must be ask or resend", PoolSettings.DEFAULT.uncertain())))
                .orElse(PoolSettings.DEFAULT.uncertain());
    }

    private Optional<PairLimit> pair(Map<String, JsonWithLines> pool) {
        int burst = fields.integer(pool, "pairBurst").orElse(1);
        return fields.integer(pool, "pairSeconds").map(seconds -> new PairLimit(Duration.ofSeconds(seconds), burst));
    }

    private Optional<QuietHours> quiet(Map<String, JsonWithLines> pool) {
        Optional<LocalTime> from = time(pool, "quietFrom");
        Optional<LocalTime> until = time(pool, "quietUntil");
        if (from.isPresent() != until.isPresent()) {
            wrong(pool, from.isPresent() ? "quietFrom" : "quietUntil", "needs both a start and an end", "");
        }
        Duration answers = fields.integer(pool, "quietAnswerMinutes")
                .map(Duration::ofMinutes)
                .orElse(QuietHours.ANSWERS_WITHIN);
        return from.flatMap(begin -> until.map(end -> new QuietHours(begin, end, answers)));
    }

    private Optional<LocalTime> time(Map<String, JsonWithLines> pool, String name) {
        return fields.text(pool, name)
                .flatMap(text -> Parse.of(text, LocalTime::parse)
                        .filter(time -> time.getSecond() == 0 && time.getNano() == 0)
                        .or(() -> wrong(pool, name, "must be a time such as 22:00", Optional.<LocalTime>empty())));
    }

    private ZoneId zone(Map<String, JsonWithLines> pool) {
        return fields.text(pool, "timeZone")
                .map(text -> {
                    try {
                        return ZoneId.of(text);
                    } catch (DateTimeException _) {
                        return wrong(
                                pool,
                                "timeZone",
                                "must be a time zone such as Asia/Dubai",
                                PoolSettings.DEFAULT.zone());
                    }
                })
                .orElse(PoolSettings.DEFAULT.zone());
    }

    private <T> T wrong(Map<String, JsonWithLines> node, String name, String rule, T otherwise) {
        fields.conflict(BotsConfigFields.line(node, name, 1), BotsConfigFields.quoted(id) + ": " + name + " " + rule);
        return otherwise;
    }
}
