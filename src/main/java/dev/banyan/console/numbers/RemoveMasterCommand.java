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
import dev.banyan.whatsapp.registry.Senders.Removed;
import java.util.List;
import java.util.Optional;

/// `remove-master`: removes a master after moving its servants to another one.
final class RemoveMasterCommand implements Command {

    private static final String MOVE_TO = "--move-to";
    private static final int WITH_MOVE = 3;

    private final Pools pools;
    private final Senders senders;

    RemoveMasterCommand(Pools pools, Senders senders) {
        this.pools = pools;
        this.senders = senders;
    }

    @Override
    public Description description() {
        return new Description(
                Group.SECONDARIES,
                List.of("remove-master"),
                "<master-id> [--move-to <master-id>]",
                "omar-haddad --move-to amira-nasser",
                "Remove a master; its servants go to another",
                1,
                WITH_MOVE);
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return before.size() == 1
                ? List.of(new Frame.Word(MOVE_TO, "who gets its servants", false))
                : account.map(found -> SenderChoice.words(
                                pools.overview(found.id()).senders().filter(Sender::isMaster)))
                        .orElse(List.of());
    }

    @Override
    public Outcome run(Order order) {
        List<String> words = order.words();
        if (words.size() != 1 && (words.size() != WITH_MOVE || !words.get(1).equals(MOVE_TO))) {
            return order.usage(this);
        }
        Overview overview = pools.overview(order.tenant());
        Optional<Sender> master = SenderChoice.master(order, overview, words.getFirst());
        if (master.isEmpty() || words.size() == 1) {
            return master.map(found -> remove(order, found, Optional.empty())).orElse(Outcome.FAILED);
        }
        return SenderChoice.master(order, overview, words.getLast())
                .map(to -> remove(order, master.get(), Optional.of(to)))
                .orElse(Outcome.FAILED);
    }

    private Outcome remove(Order order, Sender master, Optional<Sender> to) {
        return switch (senders.removeMaster(order.tenant(), order.actor(), master.id(), to.map(Sender::id))) {
            case Removed.Done(Sender _, long moved) -> {
                order.say("✅ Master account removed successfully");
                to.filter(_ -> moved > 0)
                        .ifPresent(found -> order.say("→ " + moved + " servants now belong to " + found.displayName()));
                yield Outcome.DONE;
            }
            case Removed.HasServants(Sender _, long servants) -> {
                order.fail(master.displayName() + " has " + servants + " servants");
                order.say("💡 Use 'remove-master " + master.id() + " --move-to <master-id>' to give them to another");
                yield Outcome.FAILED;
            }
            case Removed.NotFound(SenderId id) -> order.fail("Master account " + id + " not found");
            case Removed.MasterNotFound(SenderId id) ->
                id.equals(master.id())
                        ? order.fail("The servants need another master than the one that goes")
                        : order.fail("Master account " + id + " not found");
        };
    }
}
