package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.platform.Invalid;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.registry.Senders;
import dev.banyan.whatsapp.registry.Senders.Added;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// `link master`: links the master that waits for a phone, or adds and links a new one.
final class LinkMasterCommand implements Command {

    private static final int WORDS = 20;
    private static final int MEGABYTE = 1024 * 1024;

    private final Pools pools;
    private final Senders senders;
    private final LinkScreen links;

    LinkMasterCommand(Pools pools, Senders senders, LinkScreen links) {
        this.pools = pools;
        this.senders = senders;
        this.links = links;
    }

    @Override
    public Description description() {
        return new Description(
                Group.DEVICES,
                List.of("link master"),
                "[+phone [name]]",
                "+971500000101 \"Amira Nasser\"",
                "Link the master account, or add one and link it",
                0,
                WORDS);
    }

    @Override
    public List<String> usages() {
        return List.of("'link master' or 'link master <+phone> [name]'");
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return account.filter(_ -> before.isEmpty())
                .map(found ->
                        SenderChoice.phones(pools.overview(found.id()).senders().filter(Sender::isMaster)))
                .orElse(List.of());
    }

    @Override
    public Outcome run(Order order) {
        Overview overview = pools.overview(order.tenant());
        if (order.words().isEmpty()) {
            return linkPresent(order, overview);
        }
        String typed = order.words().getFirst();
        if (!typed.matches("[+(]?[0-9].*")) {
            return order.usage(this);
        }
        // A name needs no quotes here, because it is the rest of the line.
        String name = String.join(" ", order.words().subList(1, order.words().size()));
        return Phone.parse(typed)
                .map(phone -> add(order, overview, phone, name))
                .orElseGet(() -> order.fail("Invalid phone number: " + typed));
    }

    private Outcome linkPresent(Order order, Overview overview) {
        List<Sender> masters = overview.senders().filter(Sender::isMaster).toList();
        if (masters.isEmpty()) {
            order.fail("No master account configured!");
            order.say("💡 Use 'link master <+phone> [name]' to add one");
            return Outcome.FAILED;
        }
        Optional<Sender> waiting = masters.stream()
                .filter(master -> !master.state().isActive())
                .min(Comparator.comparing(master -> master.masterType().orElse(MasterType.BACKUP)));
        if (waiting.isEmpty()) {
            order.say("✅ " + masters.getFirst().displayName() + " is linked already");
            order.say("💡 Use 'relink master' to link it anew");
            return Outcome.DONE;
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
        return links.link(order, master, sender -> heading(order, sender));
    }

    private static long free() {
        Runtime runtime = Runtime.getRuntime();
        return (runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory()) / MEGABYTE;
    }

    private Outcome add(Order order, Overview overview, Phone phone, String name) {
        Optional<Sender> known = overview.senders()
                .filter(sender -> sender.phone().equals(Optional.of(phone)))
                .findFirst();
        if (known.filter(sender -> !sender.isMaster()).isPresent()) {
            return inUse(order, known.get());
        }
        order.say("⏳ Adding new master account...");
        order.say("   [1/5] Session: " + (known.isPresent() ? "known" : "none stored"));
        if (known.filter(master -> master.state().isActive()).isPresent()) {
            order.say("✅ Account " + phone + " restored from existing session!");
            return Outcome.DONE;
        }
        Optional<Sender> master = known.or(() -> added(order, phone, name));
        master.ifPresent(found -> {
            order.say("   [2/5] Configuration: " + found.displayName() + " (ID: " + found.id() + ")");
            order.say("   [3/5] Device: registered");
        });
        return master.map(found -> links.link(order, found, sender -> {
                    order.say("   [4/5] Client: created");
                    order.say("   [5/5] QR code:");
                    heading(order, sender);
                }))
                .orElse(Outcome.FAILED);
    }

    private Optional<Sender> added(Order order, Phone phone, String name) {
        var wanted = new Senders.NewMaster(
                Optional.empty(),
                name.isBlank() ? "Master " + phone.digits() : name,
                Optional.of(phone.e164()),
                MasterType.PRIMARY,
                DriverKind.SIMULATOR);
        Added added = senders.addMaster(order.tenant(), order.actor(), wanted);
        switch (added) {
            case Added.Done _ -> {
                // Reported below.
            }
            case Added.PhoneInUse inUse -> inUse(order, inUse.by());
            case Added.Rejected(List<Invalid> invalid) -> invalid.forEach(broken -> order.fail(broken.apiMessage()));
            case Added.IdTaken _ -> order.fail("Account already exists");
            case Added.MasterNotFound(SenderId id) -> order.fail("Master account " + id + " not found");
        }
        return added instanceof Added.Done(Sender master) ? Optional.of(master) : Optional.empty();
    }

    private static Outcome inUse(Order order, Sender by) {
        order.fail("Phone number already in use");
        order.say("💡 " + by.displayName() + " (" + by.id() + ") has it");
        return Outcome.FAILED;
    }

    static void heading(Order order, Sender master) {
        order.say("");
        order.say("🔗 Linking master account: " + master.displayName());
        order.say("Phone: " + ListServantsCommand.phone(master));
        order.say(master.phone().map(phone -> "Scan with " + phone).orElse("Scan with the phone of this account"));
        order.say("");
    }
}
