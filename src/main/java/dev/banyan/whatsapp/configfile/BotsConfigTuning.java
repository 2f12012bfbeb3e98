package dev.banyan.whatsapp.configfile;

import module java.base;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.platform.Invalid;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.SenderOverrides;
import dev.banyan.whatsapp.numbers.Tuning;
import dev.banyan.whatsapp.numbers.TuningRequest;

/// Reads and writes Banyan's additions to version 3.0 of a `bots-config.json`: the object `tuning` of a sender and the
/// object `pool` of a master, names that no other program uses. An object that is present is complete: missing fields
/// mean the defaults.
///
/// @param id of the sender, for error messages
record BotsConfigTuning(BotsConfigFields fields, String id) {

    static final String TUNING = "tuning";
    static final String POOL = "pool";

    private static final ObjectMapper JSON = new ObjectMapper();

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
        Map<String, Object> pool = PoolSettings.FIELDS.written(settings);
        pool.put("timeZone", settings.zone().getId());
        if (settings.quiet().isEmpty()) {
            pool.remove("quietAnswerMinutes");
        }
        if (!settings.groups()) {
            pool.remove("groups");
        }
        if (settings.poolClass() == PoolSettings.DEFAULT.poolClass()) {
            pool.remove("poolClass");
        }
        if (settings.receiptWithin().equals(PoolSettings.RECEIPT_WITHIN)) {
            pool.remove("receiptSeconds");
        }
        master.set(POOL, JSON.valueToTree(pool));
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
            TuningRequest read = TuningRequest.FIELDS.file(
                    fields.values(tuning, TuningRequest.FIELDS), broken -> refuse(line, List.of(broken)));
            List<String> tags =
                    read.tags().orElse(List.of()).stream().distinct().sorted().toList();
            int weight = read.weight().orElse(SenderOverrides.NONE.weight());
            int priority = read.priority().orElse(SenderOverrides.NONE.priority());
            var pace = new Pace(read.perMinute(), read.perDay(), read.warmsUp().orElse(Optional.empty()));
            var traits = TuningRequest.ofTraits(
                    Optional.of(tags), read.region(), Optional.of(weight), Optional.of(priority));
            refuse(line, TuningRequest.FIELDS.broken(traits));
            // In a change request 0 means "use the pool's value"; stored, it would be a limit that blocks everything.
            refuse(line, Tuning.broken(pace));
            return new SenderOverrides(
                    tags.stream().limit(SenderOverrides.MOST_TAGS).toList(),
                    read.region().map(Tuning::region).filter(text -> !text.isEmpty()),
                    weight,
                    priority,
                    pace);
        });
    }

    /// @param master the fields of its entry
    Optional<PoolSettings> settings(Map<String, JsonWithLines> master) {
        int line = BotsConfigFields.line(master, POOL, 1);
        return fields.object(master, POOL).map(pool -> {
            PoolSettings settings = PoolSettings.FIELDS.file(
                    fields.values(pool, PoolSettings.FIELDS),
                    broken -> refuse(BotsConfigFields.line(pool, broken.field(), 1), List.of(broken)));
            refuse(line, settings.broken());
            return settings;
        });
    }

    private void refuse(int line, List<Invalid> invalid) {
        invalid.forEach(broken -> fields.conflict(line, BotsConfigFields.quoted(id) + ": " + broken.apiMessage()));
    }
}
