package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.ConsoleJson;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import java.util.List;
import java.util.Optional;

/// `servants-by-master`: one master's servants with their ids.
final class ServantsByMasterCommand implements Command {

    private final Pools pools;
    private final Liveness liveness;

    ServantsByMasterCommand(Pools pools, Liveness liveness) {
        this.pools = pools;
        this.liveness = liveness;
    }

    @Override
    public Description description() {
        return new Description(
                Group.SECONDARIES,
                List.of("servants-by-master"),
                "<master-id>",
                "amira-nasser",
                "List the servants of one master",
                1,
                1);
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return account.map(found ->
                        SenderChoice.words(pools.overview(found.id()).senders().filter(Sender::isMaster)))
                .orElse(List.of());
    }

    @Override
    public boolean hasJson() {
        return true;
    }

    @Override
    public Outcome run(Order order) {
        Overview overview = pools.overview(order.tenant());
        Optional<Pool> pool = SenderChoice.master(order, overview, order.words().getFirst())
                .flatMap(master -> overview.pools().stream()
                        .filter(candidate -> candidate.master().equals(master))
                        .findFirst());
        return pool.map(found -> show(order, found)).orElse(Outcome.FAILED);
    }

    private Outcome show(Order order, Pool pool) {
        if (order.json()) {
            return order.show(ConsoleJson.PoolJson.of(pool, liveness));
        }
        say(order, pool);
        return Outcome.DONE;
    }

    private static void say(Order order, Pool pool) {
        order.say("📱 SECONDARY ACCOUNTS: " + pool.master().displayName());
        order.say("");
        order.say("Master: " + ListServantsCommand.phone(pool.master()));
        order.say("Servant Count: " + pool.servants().size());
        for (int i = 0; i < pool.servants().size(); i++) {
            Sender servant = pool.servants().get(i);
            order.say("");
            order.say("[" + (i + 1) + "] " + servant.state().icon() + " " + servant.displayName());
            order.say("    ID: " + servant.id());
            order.say("    Phone: " + ListServantsCommand.phone(servant));
            order.say("    Purpose: " + servant.purpose().orElse(""));
        }
    }
}
