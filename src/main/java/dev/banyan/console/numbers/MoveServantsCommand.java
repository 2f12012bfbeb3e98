package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.registry.Senders;
import dev.banyan.whatsapp.registry.Senders.MovedAll;
import java.util.List;
import java.util.Optional;

/// `move-servants`: moves all servants of a master to another one.
final class MoveServantsCommand implements Command {

    private final Pools pools;
    private final Senders senders;

    MoveServantsCommand(Pools pools, Senders senders) {
        this.pools = pools;
        this.senders = senders;
    }

    @Override
    public Description description() {
        return new Description(
                Group.SECONDARIES,
                List.of("move-servants"),
                "<from-master-id> <to-master-id>",
                "omar-haddad amira-nasser",
                "Give all servants of a master to another",
                2,
                2);
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return account.map(found ->
                        SenderChoice.words(pools.overview(found.id()).senders().filter(Sender::isMaster)))
                .orElse(List.of());
    }

    @Override
    public Outcome run(Order order) {
        Overview overview = pools.overview(order.tenant());
        Optional<Sender> from =
                SenderChoice.master(order, overview, order.words().getFirst());
        Optional<Sender> to = from.flatMap(
                _ -> SenderChoice.master(order, overview, order.words().getLast()));
        if (from.isEmpty() || to.isEmpty()) {
            return Outcome.FAILED;
        }
        return switch (senders.moveServants(
                order.tenant(), order.actor(), from.get().id(), to.get().id())) {
            case MovedAll.Done(int servants) -> {
                order.say("✅ Servants reassigned successfully");
                order.say(
                        "→ " + servants + " servants now belong to " + to.get().displayName());
                yield Outcome.DONE;
            }
            case MovedAll.MasterNotFound(SenderId id) -> order.fail("Master account " + id + " not found");
        };
    }
}
