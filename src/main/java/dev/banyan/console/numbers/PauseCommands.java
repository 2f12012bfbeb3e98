package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Order;
import dev.banyan.console.numbers.SenderChoice.Kind;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.failover.PoolPauses;
import dev.banyan.whatsapp.numbers.Pausing;
import jakarta.inject.Singleton;

/// `pause` and `resume`: a number, or with `pool` before its master, a pool.
@Singleton
record PauseCommands(Pools pools, Pausing pausing, PoolPauses pauses) {

    static final String POOL = "pool";

    private record PauseJson(String id, boolean pool, Optional<String> pause) {}

    CommandResult pause(Order order) {
        List<String> words = order.words();
        boolean isPool = isPool(words);
        List<String> rest = isPool ? words.subList(1, words.size()) : words;
        if (rest.isEmpty() || rest.size() > 2) {
            throw order.misused();
        }
        Pause how = rest.size() == 1
                ? Pause.HOLD
                : Pause.parse(rest.getLast().toLowerCase(Locale.ROOT))
                        .orElseThrow(() -> new CommandRefused("Choose hold or drain"));
        return run(order, isPool, rest.getFirst(), Optional.of(how));
    }

    CommandResult resume(Order order) {
        List<String> words = order.words();
        boolean isPool = isPool(words);
        List<String> rest = isPool ? words.subList(1, words.size()) : words;
        if (rest.size() != 1) {
            throw order.misused();
        }
        return run(order, isPool, rest.getFirst(), Optional.empty());
    }

    private static boolean isPool(List<String> words) {
        return words.size() > 1 && words.getFirst().equalsIgnoreCase(POOL);
    }

    private CommandResult run(Order order, boolean isPool, String name, Optional<Pause> how) {
        Kind kind = isPool ? Kind.MASTER : Kind.ANY;
        Sender sender = SenderChoice.find(pools.overview(order.tenant()), kind, name);
        if (isPool) {
            CommandRefused.unless(
                    pauses.pause(order.tenant(), order.actor(), sender.id(), how), kind.notFound(sender.id()));
        } else {
            CommandRefused.unless(
                    pausing.pause(order.tenant(), order.actor(), sender.id(), how), kind.notFound(sender.id()));
        }
        String what = isPool ? "The pool of " + sender.displayName() : sender.displayName();
        order.say("✅ " + what
                + how.map(mode -> switch (mode) {
                            case HOLD -> " is paused and sends nothing";
                            case DRAIN ->
                                isPool ? " sends what it has and accepts no new messages" : " takes no new contacts";
                        })
                        .orElse(" sends again"));
        if (how.isPresent()) {
            order.say("→ Use 'resume " + (isPool ? "pool " : "") + sender.id() + "' to end this");
        }
        return order.done(new PauseJson(sender.id().value(), isPool, how.map(Pause::key)));
    }
}
