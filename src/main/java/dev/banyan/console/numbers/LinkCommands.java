package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Order;
import dev.banyan.console.numbers.SenderChoice.Kind;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.numbers.Senders;
import dev.banyan.whatsapp.session.Linking;
import jakarta.inject.Singleton;

/// The commands that link senders with their phones.
@Singleton
record LinkCommands(Pools pools, Senders senders, Linking linking, LinkScreen links, Liveness liveness) {

    private static final int MEGABYTE = 1024 * 1024;

    /// `link master`: links the master that waits for a phone, or adds and links a new one.
    CommandResult linkMaster(Order order) {
        Overview overview = pools.overview(order.tenant());
        if (order.words().isEmpty()) {
            return linkPresent(order, overview);
        }
        String typed = order.words().getFirst();
        if (!typed.matches("[+(]?[0-9].*")) {
            throw order.misused();
        }
        // A name needs no quotes here, because it is the rest of the line.
        String name = String.join(" ", order.words().subList(1, order.words().size()));
        Phone phone = Phone.parse(typed).orElseThrow(() -> new CommandRefused("Invalid phone number: " + typed));
        return add(order, overview, phone, name);
    }

    private CommandResult linkPresent(Order order, Overview overview) {
        List<Sender> masters = overview.senders().filter(Sender::isMaster).toList();
        if (masters.isEmpty()) {
            throw new CommandRefused(
                    "No master account configured!", "💡 Use 'link master <+phone> [name]' to add one");
        }
        Optional<Sender> waiting = masters.stream()
                .filter(master -> !master.state().isActive())
                .min(Comparator.comparing(master -> master.masterType().orElse(MasterType.BACKUP)));
        if (waiting.isEmpty()) {
            order.say("✅ " + masters.getFirst().displayName() + " is already linked");
            order.say("💡 Use 'relink master' to link it again");
            return order.done(masters.getFirst(), liveness);
        }
        Sender master = waiting.get();
        order.say("⏳ Initiating master account linking...");
        order.say("   [1/4] Memory: " + free() + " MB free");
        order.say("   [2/4] Running clients: " + overview.active());
        order.say("   [3/4] Master account: " + master.displayName());
        order.say("   [4/4] Accounts in the configuration: " + overview.total());
        if (master.state().isLinking()) {
            order.say("⚠️  Linking already in progress. Please wait...");
        }
        return links.link(order, master, sender -> masterHeading(order, sender));
    }

    private static long free() {
        Runtime runtime = Runtime.getRuntime();
        return (runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory()) / MEGABYTE;
    }

    private CommandResult add(Order order, Overview overview, Phone phone, String name) {
        Optional<Sender> known = overview.senders()
                .filter(sender -> sender.phone().equals(Optional.of(phone)))
                .findFirst();
        known.filter(sender -> !sender.isMaster()).ifPresent(servant -> {
            throw PoolMembers.inUse(servant);
        });
        order.say("⏳ Adding new master account...");
        order.say("   [1/5] Session: " + (known.isPresent() ? "known" : "none stored"));
        if (known.filter(master -> master.state().isActive()).isPresent()) {
            order.say("✅ Account " + phone + " restored from existing session!");
            return order.done(known.get(), liveness);
        }
        Sender master = known.orElseGet(() -> added(order, phone, name));
        order.say("   [2/5] Configuration: " + master.displayName() + " (ID: " + master.id() + ")");
        order.say("   [3/5] Device: registered");
        return links.link(order, master, sender -> {
            order.say("   [4/5] Client: created");
            order.say("   [5/5] QR code:");
            masterHeading(order, sender);
        });
    }

    private Sender added(Order order, Phone phone, String name) {
        var wanted = new Senders.NewMaster(
                Optional.empty(),
                name.isBlank() ? "Master " + phone.digits() : name,
                Optional.of(phone.e164()),
                MasterType.PRIMARY);
        return PoolMembers.added(senders.addMaster(order.tenant(), order.actor(), wanted));
    }

    private static void masterHeading(Order order, Sender master) {
        order.say("");
        order.say("🔗 Linking master account: " + master.displayName());
        order.say("Phone: " + SenderTexts.phone(master));
        if (!master.driver().isBusinessPlatform()) {
            order.say(master.phone().map(phone -> "Scan with " + phone).orElse("Scan with the phone of this account"));
        }
        order.say("");
    }

    /// `link-secondary`: shows the codes that link a servant.
    CommandResult linkServant(Order order) {
        Overview overview = pools.overview(order.tenant());
        Sender servant = SenderChoice.find(overview, Kind.SERVANT, order.words().getFirst());
        return links.link(order, servant, sender -> servantHeading(order, overview, sender));
    }

    private static void servantHeading(Order order, Overview overview, Sender servant) {
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
        order.say("Phone: " + SenderTexts.phone(servant));
        if (!servant.driver().isBusinessPlatform()) {
            order.say("Scan with " + SenderTexts.phone(servant));
        }
        order.say("");
    }

    /// `code`: links a number with a code typed on its phone.
    CommandResult pair(Order order, Sender sender) {
        return links.pair(order, sender);
    }

    /// `recover`: reconnects a number that was linked before, without a new code.
    CommandResult recover(Order order) {
        String typed = order.words().getFirst();
        order.say("⏳ Attempting session restoration for " + typed + "...");
        List<Sender> known = pools.overview(order.tenant()).senders().toList();
        return recover(order, SenderChoice.known(known, typed).orElseThrow(() -> notFound(typed)));
    }

    private static CommandRefused notFound(Object typed) {
        return new CommandRefused("Account not found: " + typed);
    }

    private CommandResult recover(Order order, Sender sender) {
        return switch (linking.recover(order.tenant(), sender.id())) {
            case Outcome.Done(Sender now)
            when now.state() == SenderState.BANNED ->
                throw new CommandRefused(
                        "WhatsApp has banned this number.",
                        "💡 It is asked every few minutes whether the ban is over. Check it with 'status'");
            case Outcome.Done(Sender now) -> {
                order.say("✅ Valid session found!");
                order.say(
                        now.state().isActive()
                                ? "→ " + now.displayName() + " (" + SenderTexts.phone(now) + ") is "
                                        + now.state().key()
                                : "💡 It is " + now.state().key() + " and reconnecting. Check it with 'status'");
                yield order.done(now, liveness);
            }
            case Outcome.Refused(Refusal.Conflict(String why)) ->
                throw new CommandRefused(
                        why,
                        "💡 Use 'relink "
                                + sender.phone()
                                        .map(Object::toString)
                                        .orElse(sender.id().value())
                                + (sender.driver().isBusinessPlatform()
                                        ? "' to ask WhatsApp about it again."
                                        : "' to link with QR code."));
            case Outcome.Refused _ -> throw notFound(sender.id());
        };
    }

    /// `relink`, `relink master`, `relink servant`: ends what is left of a connection and links the number again.
    CommandResult relink(Order order, Kind kind) {
        Overview overview = pools.overview(order.tenant());
        if (order.words().isEmpty()) {
            return relinkOnly(order, overview);
        }
        Sender sender = SenderChoice.find(overview, kind, order.words().getFirst());
        order.say("⏳ Re-linking " + (sender.isMaster() ? "master" : "servant") + " account: "
                + SenderTexts.phone(sender) + "...");
        return relink(order, overview, sender);
    }

    /// Relinks the only master; with several, one must be named.
    private CommandResult relinkOnly(Order order, Overview overview) {
        if (overview.pools().isEmpty()) {
            order.voice().warn("No master accounts found.");
            order.say("Use 'link master <+phone>' to add a master account.");
            return CommandResult.FAILED;
        }
        if (overview.masters() == 1) {
            Sender master = overview.pools().getFirst().master();
            order.say("⏳ Auto-relinking: " + master.displayName() + " (" + SenderTexts.phone(master) + ")");
            return relink(order, overview, master);
        }
        if (order.json()) {
            return order.fail("Name one of the masters: "
                    + overview.pools().stream()
                            .map(pool -> pool.master().id().value())
                            .collect(Collectors.joining(", ")));
        }
        order.say("📱 Available Master Accounts:");
        for (int i = 0; i < overview.masters(); i++) {
            Sender master = overview.pools().get(i).master();
            int servants = overview.pools().get(i).servants().size();
            order.say("  [" + (i + 1) + "] " + master.displayName());
            order.say("       └─ Phone: " + SenderTexts.phone(master)
                    + master.phone().map(_ -> "").orElse(" ID: " + master.id()));
            if (servants > 0) {
                order.say("       └─ Servants: " + servants);
            }
        }
        order.say("💡 Usage: 'relink master <phone>'");
        return CommandResult.FAILED;
    }

    private CommandResult relink(Order order, Overview overview, Sender sender) {
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
                masterHeading(order, begun);
            } else {
                order.say("");
                servantHeading(order, overview, begun);
            }
        });
    }
}
