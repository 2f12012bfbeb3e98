package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.registry.Tuning;
import java.util.List;
import java.util.Optional;

/// `set-master-priority`: sets a master's priority among the backup masters.
final class SetMasterPriorityCommand implements Command {

    private final Pools pools;
    private final Tuning tuning;

    SetMasterPriorityCommand(Pools pools, Tuning tuning) {
        this.pools = pools;
        this.tuning = tuning;
    }

    @Override
    public Description description() {
        return new Description(
                Group.SECONDARIES,
                List.of("set-master-priority"),
                "<master-id> <1-999>",
                "omar-haddad 10",
                "Set a master's place; the smallest number is first",
                2,
                2);
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return account.filter(_ -> before.isEmpty())
                .map(found ->
                        SenderChoice.words(pools.overview(found.id()).senders().filter(Sender::isMaster)))
                .orElse(List.of());
    }

    @Override
    public Outcome run(Order order) {
        String number = order.words().getLast();
        if (!number.matches("[0-9]{1,4}")) {
            return order.usage(this);
        }
        return SenderChoice.master(
                        order, pools.overview(order.tenant()), order.words().getFirst())
                .map(master -> set(order, master, Integer.parseInt(number)))
                .orElse(Outcome.FAILED);
    }

    private Outcome set(Order order, Sender master, int priority) {
        return tuning.tune(
                        order.tenant(), order.actor(), master.id(), Tuning.TuningRequest.NOTHING.withPriority(priority))
                .fold(
                        now -> {
                            order.say("✅ " + now.displayName() + " has priority "
                                    + now.traits().priority() + " now");
                            return Outcome.DONE;
                        },
                        refusal -> order.refused(refusal, "Master account " + master.id() + " not found"));
    }
}
