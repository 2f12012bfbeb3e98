package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import java.util.List;
import java.util.Optional;

/// `link-secondary`: shows the codes that link a servant.
final class LinkSecondaryCommand implements Command {

    private final Pools pools;
    private final LinkScreen links;

    LinkSecondaryCommand(Pools pools, LinkScreen links) {
        this.pools = pools;
        this.links = links;
    }

    @Override
    public Description description() {
        return new Description(
                Group.SECONDARIES,
                List.of("link-secondary"),
                "<servant-id>",
                "servant-1702324945601",
                "Show the QR code that links a secondary account",
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
        Overview overview = pools.overview(order.tenant());
        return SenderChoice.servant(order, overview, order.words().getFirst())
                .map(servant -> links.link(order, servant, sender -> heading(order, overview, sender)))
                .orElse(Outcome.FAILED);
    }

    static void heading(Order order, Overview overview, Sender servant) {
        order.say("⏳ Linking secondary account...");
        order.say("");
        order.say("🔗 Linking secondary account: " + servant.displayName());
        order.say("Master: "
                + overview.senders()
                        .filter(sender -> servant.masterId().equals(Optional.of(sender.id())))
                        .map(Sender::displayName)
                        .findFirst()
                        .orElse(""));
        order.say("Purpose: " + servant.purpose().orElse(""));
        order.say("Phone: " + ListServantsCommand.phone(servant));
        order.say("Scan with " + ListServantsCommand.phone(servant));
        order.say("");
    }
}
