package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderOverrides;
import dev.banyan.whatsapp.registry.Tuning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `tune`: a sender's own settings, which set it apart from the rest of its pool.
final class TuneCommand implements Command {

    static final List<String> NAMES =
            List.of("name", "purpose", "tags", "region", "weight", "priority", "per-minute", "per-day", "warm-up");

    private static final int WORDS = 20;

    private final Pools pools;
    private final Tuning tuning;

    TuneCommand(Pools pools, Tuning tuning) {
        this.pools = pools;
        this.tuning = tuning;
    }

    @Override
    public Description description() {
        return new Description(
                Group.SECONDARIES,
                List.of("tune"),
                "<id> [name=value ...]",
                "servant-1702324945601 weight=3 tags=gold,night region=AE per-day=200",
                "Show or change a number's settings",
                1,
                WORDS);
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return before.isEmpty()
                ? account.map(found ->
                                SenderChoice.words(pools.overview(found.id()).senders()))
                        .orElse(List.of())
                : KeyValueArguments.words(NAMES);
    }

    @Override
    public Outcome run(Order order) {
        Optional<Sender> sender = SenderChoice.sender(
                order, pools.overview(order.tenant()), order.words().getFirst());
        Optional<Map<String, String>> pairs = sender.flatMap(_ -> KeyValueArguments.of(
                order, order.words().subList(1, order.words().size()), NAMES));
        if (sender.isEmpty() || pairs.isEmpty()) {
            return Outcome.FAILED;
        }
        if (pairs.get().isEmpty()) {
            order.say("⚙️  SETTINGS: " + sender.get().displayName());
            order.say("");
            facts(sender.get()).forEach((name, value) -> order.say(name + ": " + value));
            return Outcome.DONE;
        }
        return tune(order, sender.get(), pairs.get());
    }

    private Outcome tune(Order order, Sender sender, Map<String, String> pairs) {
        Optional<Optional<Boolean>> warmsUp = Optional.empty();
        if (pairs.containsKey("warm-up")) {
            switch (String.valueOf(pairs.get("warm-up"))) {
                case "on" -> warmsUp = Optional.of(Optional.of(true));
                case "off" -> warmsUp = Optional.of(Optional.of(false));
                case "pool" -> warmsUp = Optional.of(Optional.empty());
                default -> {
                    return order.fail("warm-up must be on, off or pool");
                }
            }
        }
        for (String number : List.of("weight", "priority", "per-minute", "per-day")) {
            if (!pairs.getOrDefault(number, "0").matches("[0-9]{1,9}")) {
                return order.fail(number + " must be a number");
            }
        }
        if (pairs.containsKey("purpose") && sender.isMaster()) {
            return order.fail("A master has no purpose");
        }
        var wish = new Tuning.TuningRequest(
                text(pairs, "name"),
                text(pairs, "purpose"),
                text(pairs, "tags")
                        .map(tags -> Stream.of(tags.split("[\\s,;]+"))
                                .filter(tag -> !tag.isEmpty())
                                .toList()),
                text(pairs, "region"),
                text(pairs, "weight").map(Integer::valueOf),
                text(pairs, "priority").map(Integer::valueOf),
                text(pairs, "per-minute").map(Integer::valueOf),
                text(pairs, "per-day").map(Integer::valueOf),
                warmsUp);
        return tuning.tune(order.tenant(), order.actor(), sender.id(), wish)
                .fold(
                        now -> {
                            order.say("✅ " + now.displayName() + " is tuned");
                            facts(now).forEach((name, value) -> order.say("→ " + name + ": " + value));
                            return Outcome.DONE;
                        },
                        refusal -> order.refused(refusal, "Account " + sender.id() + " not found"));
    }

    private static Optional<String> text(Map<String, String> pairs, String name) {
        return Optional.ofNullable(pairs.get(name));
    }

    /// Returns a sender's settings by their display names.
    static Map<String, String> facts(Sender sender) {
        SenderOverrides traits = sender.traits();
        var facts = new LinkedHashMap<String, String>();
        facts.put("Tags", traits.tags().isEmpty() ? "none" : String.join(" ", traits.tags()));
        facts.put("Region", traits.region().orElse("none"));
        facts.put("Weight", String.valueOf(traits.weight()));
        facts.put("Priority", String.valueOf(traits.priority()));
        facts.put("Per Minute", limit(traits.pace().perMinute()));
        facts.put("Per Day", limit(traits.pace().perDay()));
        facts.put("Warm-up", warmUp(traits.pace()));
        return facts;
    }

    private static String limit(Optional<Integer> limit) {
        return limit.map(number -> String.format(Locale.ROOT, "%,d", number)).orElse("as its pool");
    }

    private static String warmUp(Pace pace) {
        return pace.warmsUp().map(on -> on ? "on" : "off").orElse("as its pool");
    }
}
