package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Order;
import dev.banyan.console.numbers.SenderChoice.Kind;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderOverrides;
import dev.banyan.whatsapp.changes.SenderBrands;
import dev.banyan.whatsapp.numbers.Tuning;
import dev.banyan.whatsapp.numbers.TuningRequest;
import jakarta.inject.Singleton;

/// The commands that show or change the settings of a sender or of a pool.
@Singleton
record TuningCommands(Pools pools, Tuning tuning, SenderBrands brands, Liveness liveness) {

    static final List<String> NAMES = List.of(
            "name", "purpose", "tags", "region", "weight", "priority", "per-minute", "per-day", "warm-up", "brand");

    private record PoolJson(
            String id,
            String displayName,
            String status,
            int servants,
            String strategy,
            String uncertain,
            Optional<Integer> perMinute,
            Optional<Integer> perDay,
            boolean warmsUp,
            Optional<Long> pairSeconds,
            Optional<Integer> pairBurst,
            Optional<String> quietFrom,
            Optional<String> quietUntil,
            Optional<Long> quietAnswerMinutes,
            String zone,
            int mostWaiting) {}

    /// `tune`: a sender's own settings, which set it apart from the rest of its pool.
    CommandResult tune(Order order, Sender sender) {
        Map<String, String> pairs = KeyValueArguments.of(order, NAMES, TuningRequest.FIELDS);
        if (pairs.isEmpty()) {
            order.say("⚙️  SETTINGS: " + sender.displayName());
            order.say("");
            facts(sender).forEach((name, value) -> order.say(name + ": " + value));
            if (sender.isMaster()) {
                order.say("Brand: " + brands.username(sender).orElse("none"));
            }
            return order.done(sender, liveness);
        }
        TuningRequest wish = CommandRefused.unless(
                TuningRequest.FIELDS.pairs(pairs, TuningRequest.NOTHING), Kind.ANY.notFound(sender.id()));
        if (pairs.containsKey("purpose") && sender.isMaster()) {
            throw new CommandRefused("A master has no purpose");
        }
        if (pairs.containsKey("brand") && !sender.isMaster()) {
            throw new CommandRefused("Only masters have a brand");
        }
        Optional<String> brand =
                Optional.ofNullable(pairs.get("brand")).map(typed -> typed.equals("none") ? "" : typed);
        brand.flatMap(typed -> brands.broken(order.tenant(), typed)).ifPresent(invalid -> {
            throw new CommandRefused(invalid.userMessage());
        });
        Sender now = CommandRefused.unless(
                tuning.tune(order.tenant(), order.actor(), sender.id(), wish)
                        .then(tuned -> brand.map(
                                        typed -> brands.assign(order.tenant(), order.actor(), tuned.id(), typed))
                                .orElseGet(() -> Outcome.done(tuned))),
                Kind.ANY.notFound(sender.id()));
        order.say("✅ " + now.displayName() + " was updated");
        facts(now).forEach((name, value) -> order.say("→ " + name + ": " + value));
        return order.done(now, liveness);
    }

    /// Returns a sender's settings by their display names.
    static Map<String, String> facts(Sender sender) {
        SenderOverrides traits = sender.traits();
        var facts = new LinkedHashMap<String, String>();
        facts.put("Tags", traits.tags().isEmpty() ? "none" : String.join(" ", traits.tags()));
        facts.put("Region", traits.region().orElse("none"));
        facts.put("Weight", String.valueOf(traits.weight()));
        facts.put("Priority", String.valueOf(traits.priority()));
        facts.put("Per Minute", ownLimit(traits.pace().perMinute()));
        facts.put("Per Day", ownLimit(traits.pace().perDay()));
        facts.put("Warm-up", warmUp(traits.pace()));
        return facts;
    }

    private static String ownLimit(Optional<Integer> limit) {
        return limit.map(number -> String.format(Locale.ROOT, "%,d", number)).orElse("pool setting");
    }

    private static String warmUp(Pace pace) {
        return pace.warmsUp().map(on -> on ? "on" : "off").orElse("pool setting");
    }

    /// `pool`: how a pool distributes its load, and its limits.
    CommandResult pool(Order order, Sender master) {
        Map<String, String> pairs = TypedSettings.of(order);
        PoolSettings before = pools.settings(order.tenant(), master.id());
        return pairs.isEmpty() ? show(order, master, before) : tune(order, master, pairs, before);
    }

    private CommandResult tune(Order order, Sender master, Map<String, String> pairs, PoolSettings before) {
        PoolSettings now = CommandRefused.unless(
                PoolSettings.FIELDS
                        .pairs(pairs, before)
                        .then(wanted -> tuning.tunePool(order.tenant(), order.actor(), master.id(), wanted)),
                Kind.MASTER.notFound(master.id()));
        if (order.json()) {
            return show(order, master, now);
        }
        order.say("✅ The pool of " + master.displayName() + " was updated");
        facts(now).forEach((name, value) -> order.say("→ " + name + ": " + value));
        return CommandResult.DONE;
    }

    private CommandResult show(Order order, Sender master, PoolSettings settings) {
        Pool pool = pools.pool(order.tenant(), master.id()).orElseThrow(() -> Kind.MASTER.notFound(master.id()));
        if (order.json()) {
            return order.show(new PoolJson(
                    master.id().value(),
                    master.displayName(),
                    pool.status().key(),
                    pool.servants().size(),
                    settings.strategy().key(),
                    settings.uncertain().key(),
                    settings.pace().perMinute(),
                    settings.pace().perDay(),
                    settings.pace().warmsUp().orElse(false),
                    settings.pair().map(pair -> pair.every().toSeconds()),
                    settings.pair().map(pair -> pair.burst()),
                    settings.quiet().map(quiet -> quiet.from().toString()),
                    settings.quiet().map(quiet -> quiet.until().toString()),
                    settings.quiet().map(quiet -> quiet.answersWithin().toMinutes()),
                    settings.zoneName(),
                    settings.mostWaiting()));
        }
        order.say("👑 POOL: " + master.displayName());
        order.say("");
        order.say("Status: " + pool.status().key());
        order.say("Servant Count: " + pool.servants().size());
        facts(settings).forEach((name, value) -> order.say(name + ": " + value));
        return CommandResult.DONE;
    }

    private static Map<String, String> facts(PoolSettings settings) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("Strategy", settings.strategy().key() + " (" + settings.strategy().meaning + ")");
        facts.put(
                "Uncertain Messages",
                switch (settings.uncertain()) {
                    case ASK -> "ask (they wait for your decision)";
                    case RESEND -> "resend (the contact may get them twice)";
                });
        facts.put("Per Minute", limit(settings.pace().perMinute()));
        facts.put("Per Day", limit(settings.pace().perDay()));
        facts.put("Warm-up", settings.pace().warmsUp().orElse(false) ? "on" : "off");
        facts.put(
                "Pair Limit",
                settings.pair()
                        .map(pair -> "one message every " + pair.every().toSeconds() + " s, burst of " + pair.burst())
                        .orElse("none"));
        facts.put(
                "Quiet Hours",
                settings.quiet()
                        .map(quiet -> quiet.from() + "-" + quiet.until() + ", answers within "
                                + quiet.answersWithin().toMinutes() + " min are sent")
                        .orElse("none"));
        facts.put("Time Zone", settings.zoneName());
        facts.put("Most Waiting", String.format(Locale.ROOT, "%,d", settings.mostWaiting()));
        return facts;
    }

    private static String limit(Optional<Integer> limit) {
        return limit.map(number -> String.format(Locale.ROOT, "%,d for each number", number))
                .orElse("no limit");
    }
}
