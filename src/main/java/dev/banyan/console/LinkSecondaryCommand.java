package dev.banyan.console;

import dev.banyan.accounts.Account;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.LinkEvent;
import dev.banyan.whatsapp.Linking;
import dev.banyan.whatsapp.Linking.Begun;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// `link-secondary`: shows the codes that a phone scans, until one is scanned or the last has expired. A command that
/// may not wait ends with the first code; the linking goes on without it.
final class LinkSecondaryCommand implements Command {

    /// What the command waits for.
    private sealed interface Next {

        record Happened(LinkEvent event) implements Next {}

        /// Its user wants the prompt back, or has gone.
        record Cancelled() implements Next {}
    }

    private final Pools pools;
    private final Linking linking;

    LinkSecondaryCommand(Pools pools, Linking linking) {
        this.pools = pools;
        this.linking = linking;
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
                        Picked.words(pools.overview(found.id()).senders().filter(sender -> !sender.isMaster())))
                .orElse(List.of());
    }

    @Override
    public Outcome run(Order order) {
        Overview overview = pools.overview(order.tenant());
        return Picked.servant(order, overview, order.words().getFirst())
                .map(servant -> link(order, overview, servant))
                .orElse(Outcome.FAILED);
    }

    private Outcome link(Order order, Overview overview, Sender servant) {
        var events = new LinkedBlockingQueue<Next>();
        order.screen().onCancel(() -> events.add(new Next.Cancelled()));
        // Before it begins, so that nothing is missed.
        Runnable end = linking.watch(order.tenant(), servant.id(), event -> events.add(new Next.Happened(event)));
        try {
            return switch (linking.link(order.tenant(), order.actor(), servant.id())) {
                case Begun.Done(Sender sender, Optional<LinkEvent.Code> _) -> {
                    heading(order, overview, sender);
                    yield follow(order, sender, events);
                }
                case Begun.AlreadyLinked(Sender sender) -> {
                    order.say("✅ " + sender.displayName() + " is linked already");
                    yield Outcome.DONE;
                }
                case Begun.Disabled(Sender sender) ->
                    order.fail(sender.displayName() + " is switched off in the imported configuration");
                case Begun.Unknown _ -> order.fail("Servant account " + servant.id() + " not found");
            };
        } catch (InterruptedException _) {
            return Outcome.FAILED;
        } finally {
            end.run();
        }
    }

    private static void heading(Order order, Overview overview, Sender servant) {
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
        if (servant.driver() == DriverKind.SIMULATOR) {
            order.say("💡 This number is a simulation: 'simulate scan " + servant.id() + "' plays its phone");
        }
        if (order.waits()) {
            order.say("💡 Press Enter to get the prompt back; the code can be scanned all the same");
        }
    }

    private static Outcome follow(Order order, Sender servant, BlockingQueue<Next> events) throws InterruptedException {
        while (true) {
            switch (events.take()) {
                case Next.Cancelled _ -> {
                    order.say("→ The code can be scanned until it expires");
                    return Outcome.DONE;
                }
                case Next.Happened(LinkEvent.Code code) -> {
                    show(order, code);
                    if (!order.waits()) {
                        return Outcome.DONE;
                    }
                }
                case Next.Happened(LinkEvent event) -> {
                    tell(order, servant, event);
                    if (event.isEnd() || !order.waits()) {
                        return event instanceof LinkEvent.Linked ? Outcome.DONE : Outcome.FAILED;
                    }
                }
            }
        }
    }

    private static void show(Order order, LinkEvent.Code code) {
        long seconds = Duration.between(code.shownAt(), code.expiresAt()).toSeconds();
        order.screen()
                .qr(
                        QrDrawing.of(code.text()),
                        "Code " + code.number() + " of " + code.of() + ", valid for " + seconds + " s");
    }

    private static void tell(Order order, Sender servant, LinkEvent event) {
        switch (event) {
            case LinkEvent.Code code -> show(order, code);
            case LinkEvent.PasskeyRequired _ -> order.say("⏳ The phone asks for a passkey first");
            case LinkEvent.Linked(Sender linked) -> {
                order.say("✅ Secondary account linked successfully");
                order.say("→ " + linked.displayName() + " (" + ListServantsCommand.phone(linked) + ") is linked ✅");
            }
            case LinkEvent.TimedOut _ -> {
                order.say("❌ The QR code has expired: nobody scanned it in time");
                order.say("💡 Use 'link-secondary " + servant.id() + "' to try again");
            }
            case LinkEvent.Refused(String why) -> order.say("❌ " + why);
            case LinkEvent.Stopped _ -> order.say("⚠️  The linking was stopped");
        }
    }
}
