package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.Strategy;
import dev.banyan.whatsapp.registry.Tuning;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `pool`: how a pool distributes its load, and its limits.
final class PoolCommand implements Command {

    private static final int WORDS = 20;

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
            String zone,
            int mostWaiting) {}

    private final Pools pools;
    private final Tuning tuning;

    PoolCommand(Pools pools, Tuning tuning) {
        this.pools = pools;
        this.tuning = tuning;
    }

    @Override
    public Description description() {
        return new Description(
                Group.SECONDARIES,
                List.of("pool"),
                "<master-id> [name=value ...]",
                "amira-nasser strategy=weighted per-minute=20 quiet=22:00-07:00 zone=Asia/Dubai",
                "Show or change how a pool shares its load",
                1,
                WORDS);
    }

    @Override
    public boolean hasJson() {
        return true;
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return before.isEmpty()
                ? account.map(found -> SenderChoice.words(
                                pools.overview(found.id()).senders().filter(Sender::isMaster)))
                        .orElse(List.of())
                : Stream.concat(
                                Arrays.stream(Strategy.values())
                                        .map(strategy -> new Frame.Word(
                                                "strategy=" + strategy.key(), strategy.meaning(), false)),
                                KeyValueArguments.words(TypedSettings.NAMES).stream())
                        .toList();
    }

    @Override
    public Outcome run(Order order) {
        Optional<Sender> master = SenderChoice.master(
                order, pools.overview(order.tenant()), order.words().getFirst());
        Optional<Map<String, String>> pairs = master.flatMap(_ -> KeyValueArguments.of(
                order, order.words().subList(1, order.words().size()), TypedSettings.NAMES));
        if (master.isEmpty() || pairs.isEmpty()) {
            return Outcome.FAILED;
        }
        PoolSettings before = pools.settings(order.tenant(), master.get().id());
        if (pairs.get().isEmpty()) {
            return show(order, master.get(), before);
        }
        return switch (TypedSettings.over(before, pairs.get())) {
            case TypedSettings.Typed.Good(PoolSettings wanted) -> tune(order, master.get(), wanted);
            case TypedSettings.Typed.Bad(String why) -> order.fail(why);
        };
    }

    private Outcome tune(Order order, Sender master, PoolSettings wanted) {
        return tuning.tunePool(order.tenant(), order.actor(), master.id(), wanted)
                .fold(
                        now -> {
                            order.say("✅ The pool of " + master.displayName() + " is tuned");
                            facts(now).forEach((name, value) -> order.say("→ " + name + ": " + value));
                            return Outcome.DONE;
                        },
                        refusal -> order.refused(refusal, "Master account " + master.id() + " not found"));
    }

    private Outcome show(Order order, Sender master, PoolSettings settings) {
        Optional<Pool> pool = pools.pool(order.tenant(), master.id());
        if (pool.isEmpty()) {
            return order.fail("Master account " + master.id() + " not found");
        }
        if (order.json()) {
            return order.show(new PoolJson(
                    master.id().value(),
                    master.displayName(),
                    pool.get().status().key(),
                    pool.get().servants().size(),
                    settings.strategy().key(),
                    settings.uncertain().key(),
                    settings.pace().perMinute(),
                    settings.pace().perDay(),
                    settings.pace().warmsUp().orElse(false),
                    settings.pair().map(pair -> pair.every().toSeconds()),
                    settings.pair().map(pair -> pair.burst()),
                    settings.quiet().map(quiet -> quiet.from().toString()),
                    settings.quiet().map(quiet -> quiet.until().toString()),
                    zone(settings.zone()),
                    settings.mostWaiting()));
        }
        order.say("👑 POOL: " + master.displayName());
        order.say("");
        order.say("Status: " + pool.get().status().key());
        order.say("Servant Count: " + pool.get().servants().size());
        facts(settings).forEach((name, value) -> order.say(name + ": " + value));
        return Outcome.DONE;
    }

    private static Map<String, String> facts(PoolSettings settings) {
        var facts = new LinkedHashMap<String, String>();
        facts.put(
                "Strategy",
                settings.strategy().key() + " (" + settings.strategy().meaning() + ")");
        facts.put(
                "Uncertain Messages",
                switch (settings.uncertain()) {
                    case ASK -> "ask (they wait until a person decides)";
                    case RESEND -> "resend (the contact may get them twice)";
                });
        facts.put("Per Minute", limit(settings.pace().perMinute()));
        facts.put("Per Day", limit(settings.pace().perDay()));
        facts.put("Warm-up", settings.pace().warmsUp().orElse(false) ? "on" : "off");
        facts.put(
                "Pair Limit",
                settings.pair()
                        .map(pair -> "one message in " + pair.every().toSeconds() + " s, " + pair.burst() + " at once")
                        .orElse("none"));
        facts.put(
                "Quiet Hours",
                settings.quiet()
                        .map(quiet -> time(quiet.from()) + "-" + time(quiet.until()))
                        .orElse("none"));
        facts.put("Time Zone", zone(settings.zone()));
        facts.put("Most Waiting", String.format(Locale.ROOT, "%,d", settings.mostWaiting()));
        return facts;
    }

    /// The default zone is called `Z`, which isn't what people type.
    private static String zone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    private static String time(LocalTime time) {
        return time.toString();
    }

    private static String limit(Optional<Integer> limit) {
        return limit.map(number -> String.format(Locale.ROOT, "%,d for each number", number))
                .orElse("no limit");
    }
}
