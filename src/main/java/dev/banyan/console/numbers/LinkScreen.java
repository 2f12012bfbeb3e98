package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.ConsoleJson;
import dev.banyan.console.Order;
import dev.banyan.console.numbers.SenderChoice.Kind;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.session.LinkEvent;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.whatsapp.session.Linking.LinkStart;
import dev.banyan.whatsapp.session.Linking.Paired;
import jakarta.inject.Singleton;

/// Links a sender interactively: shows the codes to scan until one is scanned or the last one has expired. A command
/// that may not wait ends with the first code; linking continues without it.
@Singleton
record LinkScreen(Linking linking, Liveness liveness) {

    private static final String EXPIRED = "The QR code has expired: it was not scanned in time";
    private static final String PASSKEY = "The phone asks for a passkey first";
    private static final String STOPPED = "Linking was stopped";

    /// What the command waits for.
    private sealed interface Next {

        record Happened(LinkEvent event) implements Next {}

        /// The user wants the prompt back or disconnected.
        record Cancelled() implements Next {}
    }

    @FunctionalInterface
    private interface Attempt {
        CommandResult begin(BlockingQueue<Next> events) throws InterruptedException;
    }

    /// The command's own wording.
    ///
    /// @param linked printed when a phone has linked the sender
    /// @param again the command that tries again
    record Wording(String linked, String again) {

        static Wording of(Sender sender) {
            return new Wording(
                    (sender.isMaster() ? "Master" : "Secondary") + " account linked successfully",
                    sender.isMaster() ? "relink " + sender.id() : "link-secondary " + sender.id());
        }
    }

    /// @param expiresAt UTC, in ISO 8601
    private record CodeJson(String text, int number, int of, String expiresAt) {}

    private record LinkJson(ConsoleJson.SenderJson sender, Optional<CodeJson> code, Optional<String> pairingCode) {}

    private CommandResult done(
            Order order, Sender sender, Optional<LinkEvent.Code> code, Optional<String> pairingCode) {
        return order.done(new LinkJson(
                ConsoleJson.SenderJson.of(sender, liveness),
                code.map(shown -> new CodeJson(
                        shown.text(),
                        shown.number(),
                        shown.of(),
                        shown.expiresAt().toString())),
                pairingCode));
    }

    private CommandResult done(Order order, Sender sender) {
        return done(order, sender, Optional.empty(), Optional.empty());
    }

    /// @param heading prints what is being linked, once linking starts
    CommandResult link(Order order, Sender wanted, Consumer<Sender> heading) {
        return watching(order, wanted, events -> switch (linking.link(order.tenant(), order.actor(), wanted.id())) {
            case LinkStart.Done(Sender sender, Optional<LinkEvent.Code> _) -> {
                heading.accept(sender);
                // No code can arrive until the phone has answered.
                boolean passkey = sender.state() == SenderState.PASSKEY_REQUIRED;
                if (passkey) {
                    tell(order, sender, new LinkEvent.PasskeyRequired());
                }
                hints(order, sender, passkey ? "linking continues" : "the code stays valid");
                yield passkey && !order.waits() ? done(order, sender) : follow(order, sender, true, events);
            }
            case LinkStart.AlreadyLinked(Sender sender) -> already(order, sender);
            case LinkStart.Disabled(Sender sender) -> throw disabled(sender);
            case LinkStart.NotFound _ -> throw Kind.of(wanted).notFound(wanted.id());
        });
    }

    /// The same with a code to type on the phone.
    CommandResult pair(Order order, Sender wanted) {
        return watching(order, wanted, events -> switch (linking.pair(order.tenant(), order.actor(), wanted.id())) {
            case Paired.Done(Sender sender, String code) -> {
                order.say("🔑 PAIRING CODE: " + sender.displayName());
                order.say("");
                order.say("Phone: " + SenderTexts.phone(sender));
                order.say("Code: " + code);
                order.say("");
                order.say("→ On the phone: Settings, Linked devices, Link a device, Link with phone number");
                hints(order, sender, "the code stays valid");
                order.screen().waits();
                yield order.waits()
                        ? follow(order, sender, false, events)
                        : done(order, sender, Optional.empty(), Optional.of(code));
            }
            case Paired.NoPhone(Sender sender) ->
                throw new CommandRefused(sender.displayName() + " has no phone number yet; link it with a QR code");
            case Paired.NotOffered(Sender sender) ->
                throw new CommandRefused(
                        sender.displayName() + " does not support pairing codes; link it with a QR code");
            case Paired.AlreadyLinked(Sender sender) -> already(order, sender);
            case Paired.Disabled(Sender sender) -> throw disabled(sender);
            case Paired.NotFound _ -> throw Kind.of(wanted).notFound(wanted.id());
        });
    }

    /// Watches the sender before linking starts, so that no event is missed.
    private CommandResult watching(Order order, Sender wanted, Attempt attempt) {
        var events = new LinkedBlockingQueue<Next>();
        order.screen().onCancel(() -> events.add(new Next.Cancelled()));
        Runnable end = linking.watch(order.tenant(), wanted.id(), event -> events.add(new Next.Happened(event)));
        try {
            return attempt.begin(events);
        } catch (InterruptedException _) {
            return CommandResult.FAILED;
        } finally {
            end.run();
        }
    }

    private CommandResult already(Order order, Sender sender) {
        order.say("✅ " + sender.displayName() + " is already linked");
        return done(order, sender);
    }

    private static CommandRefused disabled(Sender sender) {
        return new CommandRefused(sender.displayName() + " is turned off in the imported configuration");
    }

    private static void hints(Order order, Sender sender, String allTheSame) {
        if (!sender.driver().isReal()) {
            order.say("💡 This number is simulated. Use 'simulate scan " + sender.id() + "' to link it");
        }
        if (order.waits()) {
            order.say("💡 Press Enter to get the prompt back; " + allTheSame);
        }
    }

    private CommandResult follow(Order order, Sender sender, boolean codes, BlockingQueue<Next> events)
            throws InterruptedException {
        while (true) {
            switch (events.take()) {
                case Next.Cancelled _ -> {
                    order.say("→ The code can be " + (codes ? "scanned" : "typed") + " until it expires");
                    return done(order, sender);
                }
                case Next.Happened(LinkEvent.Code code) -> {
                    if (codes) {
                        show(order, code);
                    }
                    if (!order.waits()) {
                        return done(order, sender, Optional.of(code), Optional.empty());
                    }
                }
                case Next.Happened(LinkEvent.Linked linked) -> {
                    tell(order, sender, linked);
                    return done(order, linked.sender());
                }
                case Next.Happened(LinkEvent event)
                when event.isEnd() || !order.waits() -> {
                    return failed(order, sender, event);
                }
                case Next.Happened(LinkEvent event) -> tell(order, sender, event);
            }
        }
    }

    /// Ends a linking that came to nothing. People were told; programs get the same words.
    private static CommandResult failed(Order order, Sender sender, LinkEvent event) {
        tell(order, sender, event);
        return order.json()
                ? order.fail(
                        switch (event) {
                            case LinkEvent.TimedOut _ -> EXPIRED;
                            case LinkEvent.Refused(String why) -> why;
                            case LinkEvent.PasskeyRequired _ -> PASSKEY;
                            case LinkEvent.Stopped _, LinkEvent.Linked _, LinkEvent.Code _ -> STOPPED;
                        })
                : CommandResult.FAILED;
    }

    private static void show(Order order, LinkEvent.Code code) {
        if (order.json()) {
            return;
        }
        long seconds = Duration.between(code.shownAt(), code.expiresAt()).toSeconds();
        order.screen()
                .qr(
                        QrDrawing.of(code.text()),
                        "Code " + code.number() + " of " + code.of() + ", valid for " + seconds + " s");
    }

    private static void tell(Order order, Sender sender, LinkEvent event) {
        var wording = Wording.of(sender);
        switch (event) {
            case LinkEvent.Code code -> show(order, code);
            case LinkEvent.PasskeyRequired _ -> {
                order.say("⏳ " + PASSKEY);
                if (sender.driver().isReal()) {
                    order.say("💡 Use 'passkey " + sender.id() + "' to go on");
                }
            }
            case LinkEvent.Linked(Sender linked) -> {
                order.say("✅ " + wording.linked());
                order.say("→ " + linked.displayName() + " (" + SenderTexts.phone(linked) + ") is linked ✅");
            }
            case LinkEvent.TimedOut _ -> {
                order.say("❌ " + EXPIRED);
                order.say("💡 Use '" + wording.again() + "' to try again");
            }
            case LinkEvent.Refused(String why) -> order.say("❌ " + why);
            case LinkEvent.Stopped _ -> order.say("⚠️  " + STOPPED);
        }
    }
}
