package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.session.Linking;
import java.util.List;
import java.util.Optional;

/// `relink`, `relink master`, `relink servant`: ends what is left of a connection and links the number again.
final class RelinkCommand implements Command {

    /// Which numbers the command is for.
    enum Kind {
        MASTER("relink master", "[+phone]", "Link the master account anew", 0),
        SERVANT("relink servant", "<+phone>", "Link a servant account anew", 1),
        ANY("relink", "<phone>", "Link a device anew, whatever it is", 1);

        private final String name;
        private final String arguments;
        private final String text;
        private final int fewest;

        Kind(String name, String arguments, String text, int fewest) {
            this.name = name;
            this.arguments = arguments;
            this.text = text;
            this.fewest = fewest;
        }

        private boolean takes(Sender sender) {
            return this == ANY || sender.isMaster() == (this == MASTER);
        }
    }

    private final Kind kind;
    private final Pools pools;
    private final Linking linking;
    private final LinkScreen links;

    RelinkCommand(Kind kind, Pools pools, Linking linking, LinkScreen links) {
        this.kind = kind;
        this.pools = pools;
        this.linking = linking;
        this.links = links;
    }

    @Override
    public Description description() {
        return new Description(
                Group.DEVICES, List.of(kind.name), kind.arguments, "+971500000101", kind.text, kind.fewest, 1);
    }

    @Override
    public List<String> usages() {
        return kind == Kind.ANY
                ? List.of("'relink master [+phone]' or 'relink servant <+phone>'", "'relink <phone>'")
                : List.of("'" + description().usage() + "'");
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return account.map(found -> SenderChoice.devices(
                        pools.overview(found.id()).senders().filter(kind::takes)))
                .orElse(List.of());
    }

    @Override
    public Outcome run(Order order) {
        Overview overview = pools.overview(order.tenant());
        if (order.words().isEmpty()) {
            return relinkOnly(order, overview);
        }
        String typed = order.words().getFirst();
        Optional<Sender> found = switch (kind) {
            case MASTER -> SenderChoice.master(order, overview, typed);
            case SERVANT -> SenderChoice.servant(order, overview, typed);
            case ANY -> SenderChoice.device(order, overview, typed);
        };
        return found.map(sender -> {
                    order.say("⏳ Re-linking " + role(sender) + ": " + ListServantsCommand.phone(sender) + "...");
                    return relink(order, overview, sender);
                })
                .orElse(Outcome.FAILED);
    }

    private static String role(Sender sender) {
        return sender.isMaster() ? "master account" : "servant account";
    }

    /// Relinks the only master; with several, one must be named.
    private Outcome relinkOnly(Order order, Overview overview) {
        if (overview.pools().isEmpty()) {
            order.say("⚠️  No master accounts found.");
            order.say("Use 'link master <+phone>' to add a master account.");
            return Outcome.FAILED;
        }
        if (overview.masters() == 1) {
            Sender master = overview.pools().getFirst().master();
            order.say("⏳ Auto-relinking: " + master.displayName() + " (" + ListServantsCommand.phone(master) + ")");
            return relink(order, overview, master);
        }
        order.say("📱 Available Master Accounts:");
        for (int i = 0; i < overview.masters(); i++) {
            Sender master = overview.pools().get(i).master();
            int servants = overview.pools().get(i).servants().size();
            order.say("  [" + (i + 1) + "] " + master.displayName());
            order.say("       └─ Phone: " + ListServantsCommand.phone(master)
                    + master.phone().map(_ -> "").orElse(" ID: " + master.id()));
            if (servants > 0) {
                order.say("       └─ Servants: " + servants);
            }
        }
        order.say("💡 Usage: 'relink master <phone>'");
        return Outcome.FAILED;
    }

    private Outcome relink(Order order, Overview overview, Sender sender) {
        order.say("   [1/4] Session: " + sender.state().key());
        if (sender.state().isLinking()) {
            linking.cancel(order.tenant(), order.actor(), sender.id());
        } else {
            // Does nothing if it isn't linked.
            linking.unlink(order.tenant(), order.actor(), sender.id());
        }
        order.say("   [2/4] Device: reset");
        order.say("   [3/4] Old client: stopped");
        return links.link(order, sender, begun -> {
            order.say("   [4/4] New client: started");
            if (begun.isMaster()) {
                LinkMasterCommand.heading(order, begun);
            } else {
                order.say("");
                LinkSecondaryCommand.heading(order, overview, begun);
            }
        });
    }
}
