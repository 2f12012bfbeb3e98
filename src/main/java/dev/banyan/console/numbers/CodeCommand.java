package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Pools;
import java.util.List;
import java.util.Optional;

/// `code`: links a number with a code typed on its phone.
final class CodeCommand implements Command {

    private final Pools pools;
    private final LinkScreen links;

    CodeCommand(Pools pools, LinkScreen links) {
        this.pools = pools;
        this.links = links;
    }

    @Override
    public Description description() {
        return new Description(
                Group.DEVICES,
                List.of("code"),
                "<phone>",
                "+971500000102",
                "Show a pairing code to type on the phone",
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
        return SenderChoice.device(
                        order, pools.overview(order.tenant()), order.words().getFirst())
                .map(sender -> links.pair(order, sender))
                .orElse(Outcome.FAILED);
    }
}
