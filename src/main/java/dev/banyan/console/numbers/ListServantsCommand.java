package dev.banyan.console.numbers;

import dev.banyan.console.Command;
import dev.banyan.console.ConsoleJson;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import java.util.List;
import java.util.Locale;

/// `list-servants`: all masters, each with its servants.
final class ListServantsCommand implements Command {

    private static final String NO_PHONE = "(not linked yet)";

    private record ListJson(List<ConsoleJson.PoolJson> pools, int total, int active, int pending) {}

    private final Pools pools;
    private final Liveness liveness;

    ListServantsCommand(Pools pools, Liveness liveness) {
        this.pools = pools;
        this.liveness = liveness;
    }

    @Override
    public Description description() {
        return new Description(
                Group.SECONDARIES, List.of("list-servants"), "", "", "List all masters and their servants", 0, 0);
    }

    @Override
    public boolean hasJson() {
        return true;
    }

    @Override
    public Outcome run(Order order) {
        Overview overview = pools.overview(order.tenant());
        if (order.json()) {
            return order.show(new ListJson(
                    overview.pools().stream()
                            .map(pool -> ConsoleJson.PoolJson.of(pool, liveness))
                            .toList(),
                    overview.total(),
                    overview.active(),
                    overview.pending()));
        }
        order.say("👑 MASTER ACCOUNTS & SECONDARY ACCOUNTS");
        order.say("");
        overview.pools().forEach(pool -> say(order, pool));
        if (overview.pools().isEmpty()) {
            order.say("  (none)");
            order.say("");
        }
        order.say("[Total Accounts: " + overview.total() + " | Active: " + overview.active() + " | Pending: "
                + overview.pending() + "]");
        return Outcome.DONE;
    }

    private static void say(Order order, Pool pool) {
        Sender master = pool.master();
        String type = master.masterType().map(MasterType::key).orElse("").toUpperCase(Locale.ROOT);
        order.say(master.state().icon() + " [" + type + "] " + master.displayName() + " "
                + master.phone().map(phone -> "(" + phone + ")").orElse(NO_PHONE));
        order.say("   └─ " + pool.servants().size() + " Secondary Accounts:");
        for (int i = 0; i < pool.servants().size(); i++) {
            Sender servant = pool.servants().get(i);
            order.say("      [" + (i + 1) + "] " + servant.state().icon() + " " + servant.displayName() + " ("
                    + servant.purpose().orElse("") + ")");
            order.say("          " + phone(servant));
        }
        order.say("");
    }

    /// The sender's number, or a note that it has none yet.
    static String phone(Sender sender) {
        return sender.phone().map(Phone::e164).orElse(NO_PHONE);
    }
}
