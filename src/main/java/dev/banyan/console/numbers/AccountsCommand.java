package dev.banyan.console.numbers;

import dev.banyan.console.Command;
import dev.banyan.console.ConsoleJson;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderHealth;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// `accounts`: every account with its state.
final class AccountsCommand implements Command {

    private final Pools pools;
    private final Liveness liveness;
    private final Clock clock;

    AccountsCommand(Pools pools, Liveness liveness, Clock clock) {
        this.pools = pools;
        this.liveness = liveness;
        this.clock = clock;
    }

    @Override
    public Description description() {
        return new Description(Group.DEVICES, List.of("accounts"), "", "", "List all accounts with their status", 0, 0);
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
        Instant now = clock.instant();
        order.say(DeviceCommand.RULE);
        order.say("📱 ALL ACCOUNTS - STATUS OVERVIEW");
        order.say(DeviceCommand.RULE);
        for (int i = 0; i < senders.size(); i++) {
            Sender sender = senders.get(i);
            SenderHealth health = liveness.of(sender);
            order.say("");
            order.say((i + 1) + ". " + sender.state().icon() + " " + ListServantsCommand.phone(sender));
            order.say("   Name: " + sender.displayName());
            order.say("   Role: " + StatusCommand.role(sender).toUpperCase(Locale.ROOT));
            order.say("   Status: " + sender.state().key().toUpperCase(Locale.ROOT)
                    + (health.isHealthy(now) ? " 🟢" : " 🔴"));
            order.say("   Uptime: "
                    + health.connectedSince()
                            .map(since -> Times.hours(since, now))
                            .orElse("--"));
            order.say("   Last Sync: "
                    + Times.ago(health.lastProof().or(() -> sender.link().lastActiveAt()), now));
        }
        if (senders.isEmpty()) {
            order.say("No accounts configured yet.");
        }
        return Outcome.DONE;
    }
}
