package dev.banyan.console.numbers;

import dev.banyan.console.Command;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Pools.Overview;
import java.util.List;

/// `secondary-stats`: the number of accounts, and of servants per master.
final class StatisticsCommand implements Command {

    private final Pools pools;

    StatisticsCommand(Pools pools) {
        this.pools = pools;
    }

    @Override
    public Description description() {
        return new Description(
                Group.SECONDARIES,
                List.of("secondary-stats", "servant-stats", "account-stats"),
                "",
                "",
                "Show account hierarchy statistics",
                0,
                0);
    }

    private record MasterJson(String id, String displayName, int servants) {}

    private record StatisticsJson(int total, int masters, int servants, List<MasterJson> pools) {}

    @Override
    public boolean hasJson() {
        return true;
    }

    @Override
    public Outcome run(Order order) {
        Overview overview = pools.overview(order.tenant());
        if (order.json()) {
            return order.show(new StatisticsJson(
                    overview.total(),
                    overview.masters(),
                    overview.servants(),
                    overview.pools().stream()
                            .map(pool -> new MasterJson(
                                    pool.master().id().value(),
                                    pool.master().displayName(),
                                    pool.servants().size()))
                            .toList()));
        }
        order.say("📊 ACCOUNT STATISTICS");
        order.say("");
        order.say("Total Accounts: " + overview.total());
        order.say("Master Accounts: " + overview.masters());
        order.say("Secondary Accounts: " + overview.servants());
        order.say("");
        order.say(" Master Distribution:");
        overview.pools()
                .forEach(pool -> order.say("  👑 " + pool.master().displayName() + ": "
                        + pool.servants().size() + " servants"));
        if (overview.pools().isEmpty()) {
            order.say("  (none)");
        }
        return Outcome.DONE;
    }
}
