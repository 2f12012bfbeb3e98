package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.whatsapp.session.Linking.Recovered;
import java.util.List;
import java.util.Optional;

/// `recover`: reconnects a number that was linked before, without a new code.
final class RecoverCommand implements Command {

    private final Pools pools;
    private final Linking linking;

    RecoverCommand(Pools pools, Linking linking) {
        this.pools = pools;
        this.linking = linking;
    }

    @Override
    public Description description() {
        return new Description(
                Group.DEVICES,
                List.of("recover"),
                "<+phone-number>",
                "+971500000102",
                "Bring a device back that was linked before",
                1,
                1);
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return account.map(
                        found -> SenderChoice.devices(pools.overview(found.id()).senders()))
                .orElse(List.of());
    }

    @Override
    public Outcome run(Order order) {
        String typed = order.words().getFirst();
        order.say("⏳ Attempting session restoration for " + typed + "...");
        Optional<Sender> sender =
                SenderChoice.known(pools.overview(order.tenant()).senders().toList(), typed);
        return sender.map(found -> recover(order, found)).orElseGet(() -> order.fail("Account not found: " + typed));
    }

    private Outcome recover(Order order, Sender sender) {
        return switch (linking.recover(order.tenant(), sender.id())) {
            case Recovered.Done(Sender now) -> {
                order.say("✅ Valid session found!");
                order.say(
                        now.state().isActive()
                                ? "→ " + now.displayName() + " (" + ListServantsCommand.phone(now) + ") is "
                                        + now.state().key()
                                : "💡 It is " + now.state().key() + " and tries to come back; look with 'status'");
                yield Outcome.DONE;
            }
            case Recovered.NoSession(Sender now) -> {
                order.fail("No valid session found.");
                order.say("💡 Use 'relink "
                        + now.phone().map(Object::toString).orElse(now.id().value()) + "' to link with QR code.");
                yield Outcome.FAILED;
            }
            case Recovered.NotFound _ -> order.fail("Account not found: " + sender.id());
        };
    }
}
