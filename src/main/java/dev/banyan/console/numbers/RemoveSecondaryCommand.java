package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.registry.Senders;
import dev.banyan.whatsapp.registry.Senders.Removed;
import java.util.List;
import java.util.Optional;

/// `remove-secondary`: removes a servant.
final class RemoveSecondaryCommand implements Command {

    private final Pools pools;
    private final Senders senders;

    RemoveSecondaryCommand(Pools pools, Senders senders) {
        this.pools = pools;
        this.senders = senders;
    }

    @Override
    public Description description() {
        return new Description(
                Group.SECONDARIES,
                List.of("remove-secondary"),
                "<servant-id>",
                "servant-1702324945601",
                "Remove a secondary account",
                1,
                1);
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return account.map(found ->
                        SenderChoice.words(pools.overview(found.id()).senders().filter(sender -> !sender.isMaster())))
                .orElse(List.of());
    }

    @Override
    public Outcome run(Order order) {
        Optional<Sender> servant = SenderChoice.servant(
                order, pools.overview(order.tenant()), order.words().getFirst());
        return servant.map(found -> remove(order, found)).orElse(Outcome.FAILED);
    }

    private Outcome remove(Order order, Sender servant) {
        return switch (senders.removeServant(order.tenant(), order.actor(), servant.id())) {
            case Removed.Done _ -> {
                order.say("✅ Secondary account removed successfully");
                yield Outcome.DONE;
            }
            // Servants have no servants, so another request must have removed it first.
            case Removed.NotFound _, Removed.HasServants _, Removed.MasterNotFound _ ->
                order.fail("Servant account " + servant.id() + " not found");
        };
    }
}
