package dev.banyan.console.numbers;

import dev.banyan.console.Command;
import dev.banyan.console.ConsoleJson;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import java.util.List;

/// `list`: every device, one per line.
final class ListCommand implements Command {

    private final Pools pools;
    private final Liveness liveness;

    ListCommand(Pools pools, Liveness liveness) {
        this.pools = pools;
        this.liveness = liveness;
    }

    @Override
    public Description description() {
        return new Description(Group.DEVICES, List.of("list"), "", "", "List all devices, one in a line", 0, 0);
    }

    @Override
    public boolean hasJson() {
        return true;
    }

    @Override
    public Outcome run(Order order) {
        List<Sender> senders = pools.overview(order.tenant()).senders().toList();
        if (order.json()) {
            return order.show(ConsoleJson.SendersJson.of(senders, liveness));
        }
        order.say(DeviceCommand.RULE);
        order.say("📱 ALL DEVICES (" + senders.size() + " total)");
        order.say(DeviceCommand.RULE);
        for (int i = 0; i < senders.size(); i++) {
            Sender sender = senders.get(i);
            order.say((i + 1) + ". " + sender.state().icon() + " " + ListServantsCommand.phone(sender) + " - "
                    + sender.displayName() + " [" + StatusCommand.role(sender) + "]");
        }
        order.say(DeviceCommand.RULE);
        return Outcome.DONE;
    }
}
