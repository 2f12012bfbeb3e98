package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.registry.Senders;
import dev.banyan.whatsapp.registry.Senders.Moved;
import java.util.List;
import java.util.Optional;

/// `change-servant-master`: moves a servant to another master.
final class ChangeServantMasterCommand implements Command {

    private final Pools pools;
    private final Senders senders;

    ChangeServantMasterCommand(Pools pools, Senders senders) {
        this.pools = pools;
        this.senders = senders;
    }

    @Override
    public Description description() {
        return new Description(
                Group.SECONDARIES,
                List.of("change-servant-master"),
                "<servant-id> <new-master-id>",
                "servant-1702324945601 omar-haddad",
                "Give a servant to another master",
                2,
                2);
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return account.map(found -> SenderChoice.words(pools.overview(found.id())
                        .senders()
                        .filter(sender -> sender.isMaster() == (before.size() == 1))))
                .orElse(List.of());
    }

    @Override
    public Outcome run(Order order) {
        var overview = pools.overview(order.tenant());
        Optional<Sender> servant =
                SenderChoice.servant(order, overview, order.words().getFirst());
        Optional<Sender> master = servant.flatMap(
                _ -> SenderChoice.master(order, overview, order.words().getLast()));
        if (servant.isEmpty() || master.isEmpty()) {
            return Outcome.FAILED;
        }
        return switch (senders.changeMaster(
                order.tenant(), order.actor(), servant.get().id(), master.get().id())) {
            case Moved.Done done -> {
                order.say("✅ Servant reassigned successfully");
                order.say("→ " + done.servant().displayName() + " now belongs to "
                        + done.master().displayName());
                yield Outcome.DONE;
            }
            case Moved.ServantNotFound(SenderId id) -> order.fail("Servant account " + id + " not found");
            case Moved.MasterNotFound(SenderId id) -> order.fail("Master account " + id + " not found");
        };
    }
}
