package dev.banyan.console.numbers;

import dev.banyan.console.Command;
import dev.banyan.console.ConsoleJson;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import java.util.List;

/// `masters` and `servants`: the senders of one role, one per line.
final class RolesCommand implements Command {

    private final boolean masters;
    private final Pools pools;
    private final Liveness liveness;

    RolesCommand(boolean masters, Pools pools, Liveness liveness) {
        this.masters = masters;
        this.pools = pools;
        this.liveness = liveness;
    }

    @Override
    public Description description() {
        return masters
                ? new Description(Group.DEVICES, List.of("masters"), "", "", "List the master accounts", 0, 0)
                : new Description(Group.DEVICES, List.of("servants"), "", "", "List the servant accounts", 0, 0);
    }

    @Override
    public boolean hasJson() {
        return true;
    }

    @Override
    public Outcome run(Order order) {
        List<Sender> senders = pools.overview(order.tenant())
                .senders()
                .filter(sender -> sender.isMaster() == masters)
                .toList();
        if (order.json()) {
            return order.show(ConsoleJson.SendersJson.of(senders, liveness));
        }
        order.say(masters ? "👑 MASTER ACCOUNTS:" : "📱 SERVANT ACCOUNTS:");
        for (int i = 0; i < senders.size(); i++) {
            Sender sender = senders.get(i);
            order.say("  " + (i + 1) + ". " + sender.displayName() + " - " + ListServantsCommand.phone(sender) + " ["
                    + sender.state().icon() + "]");
        }
        if (senders.isEmpty()) {
            order.say("  (none)");
        }
        return Outcome.DONE;
    }
}
