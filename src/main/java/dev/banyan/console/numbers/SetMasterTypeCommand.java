package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.registry.Senders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `set-master-type`: whether a master is active or a backup.
final class SetMasterTypeCommand implements Command {

    private final Pools pools;
    private final Senders senders;

    SetMasterTypeCommand(Pools pools, Senders senders) {
        this.pools = pools;
        this.senders = senders;
    }

    @Override
    public Description description() {
        return new Description(
                Group.SECONDARIES,
                List.of("set-master-type"),
                "<master-id> primary|backup",
                "omar-haddad backup",
                "Make a master a primary or a backup one",
                2,
                2);
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return before.isEmpty()
                ? account.map(found -> SenderChoice.words(
                                pools.overview(found.id()).senders().filter(Sender::isMaster)))
                        .orElse(List.of())
                : List.of(
                        new Frame.Word("primary", "works in the front row", false),
                        new Frame.Word("backup", "stands ready for one that fails", false));
    }

    @Override
    public Outcome run(Order order) {
        Optional<MasterType> type = MasterType.parse(order.words().getLast().toLowerCase(Locale.ROOT));
        if (type.isEmpty()) {
            return order.usage(this);
        }
        return SenderChoice.master(
                        order, pools.overview(order.tenant()), order.words().getFirst())
                .map(master -> set(order, master, type.get()))
                .orElse(Outcome.FAILED);
    }

    private Outcome set(Order order, Sender master, MasterType type) {
        return senders.setMasterType(order.tenant(), order.actor(), master.id(), type)
                .fold(
                        now -> {
                            order.say("✅ " + now.displayName() + " is a " + type.key() + " master now");
                            return Outcome.DONE;
                        },
                        refusal -> order.refused(refusal, "Master account " + master.id() + " not found"));
    }
}
