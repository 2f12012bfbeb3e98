package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.registry.Senders;
import dev.banyan.whatsapp.registry.Senders.Added;
import java.util.List;
import java.util.Optional;

/// `add-secondary`: adds a servant to a master.
final class AddSecondaryCommand implements Command {

    private static final int PHONE = 1;
    private static final int NAME = 2;
    private static final int PURPOSE = 3;
    private static final List<Frame.Word> PURPOSES = List.of(
            new Frame.Word("support", "", false),
            new Frame.Word("sales", "", false),
            new Frame.Word("admin", "", false),
            new Frame.Word("custom", "or any other word", false));

    private final Pools pools;
    private final Senders senders;

    AddSecondaryCommand(Pools pools, Senders senders) {
        this.pools = pools;
        this.senders = senders;
    }

    @Override
    public Description description() {
        return new Description(
                Group.SECONDARIES,
                List.of("add-secondary"),
                "<master-id> <phone> <name> [purpose]",
                "amira-nasser +971500000102 \"Sales Team\" sales",
                "Add a secondary account to a master",
                PURPOSE,
                PURPOSE + 1);
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return switch (before.size()) {
            case 0 ->
                account.map(found -> SenderChoice.words(
                                pools.overview(found.id()).senders().filter(Sender::isMaster)))
                        .orElse(List.of());
            case PURPOSE -> PURPOSES;
            default -> List.of();
        };
    }

    @Override
    public Outcome run(Order order) {
        List<String> words = order.words();
        Optional<Sender> master = SenderChoice.master(order, pools.overview(order.tenant()), words.getFirst());
        return master.map(Sender::id).map(id -> add(order, id, words)).orElse(Outcome.FAILED);
    }

    private Outcome add(Order order, SenderId master, List<String> words) {
        var wanted = new Senders.NewServant(
                master,
                words.get(PHONE),
                words.get(NAME),
                words.stream().skip(PURPOSE).findFirst(),
                DriverKind.SIMULATOR);
        return switch (senders.addServant(order.tenant(), order.actor(), wanted)) {
            case Added.Done(Sender servant) -> {
                order.say("✅ Account added successfully");
                order.say("→ Added servant account (ID: " + servant.id() + ")");
                order.say("→ Use 'link-secondary " + servant.id() + "' to connect");
                yield Outcome.DONE;
            }
            case Added.MasterNotFound(SenderId id) -> order.fail("Master account " + id + " not found");
            case Added.PhoneInUse inUse -> {
                order.fail("Phone number already in use");
                order.say("💡 " + inUse.by().displayName() + " (" + inUse.by().id() + ") has it");
                yield Outcome.FAILED;
            }
            case Added.IdTaken _ -> order.fail("Account already exists");
            case Added.Rejected(var invalid) -> {
                invalid.forEach(broken -> order.fail(broken.apiMessage()));
                yield Outcome.FAILED;
            }
        };
    }
}
