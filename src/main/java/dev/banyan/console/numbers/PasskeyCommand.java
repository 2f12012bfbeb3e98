package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Order;
import dev.banyan.whatsapp.Driver;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.session.LinkOffer;
import dev.banyan.whatsapp.session.LinkOffers;
import dev.banyan.whatsapp.session.PasskeySteps;
import dev.banyan.whatsapp.session.PasskeySteps.Step;
import dev.banyan.whatsapp.session.PasskeyView;
import jakarta.inject.Singleton;

/// `passkey`: leads through the passkey that WhatsApp asks some numbers for while they are linked.
@Singleton
record PasskeyCommand(Pools pools, PasskeySteps passkeys, Liveness liveness) {

    static final String MATCH = "match";

    private record PasskeyJson(String sender, Optional<PasskeyView> passkey) {}

    CommandResult run(Order order, Sender sender) {
        if (order.words().size() == 1) {
            return show(order, sender);
        }
        String word = order.words().getLast();
        return word.equalsIgnoreCase(MATCH)
                ? passed(order, sender, passkeys.confirm(sender))
                : passed(order, sender, passkeys.answer(sender, LinkOffer.pasted(word)));
    }

    private CommandResult show(Order order, Sender sender) {
        Step step = passkeys.step(sender);
        step.refusal().ifPresent(why -> {
            throw new CommandRefused(why);
        });
        if (step instanceof Step.Asked(Driver.Passkey passkey)) {
            explain(order, sender, passkey);
        }
        return order.done(new PasskeyJson(sender.id().value(), PasskeyView.of(step)));
    }

    private static void explain(Order order, Sender sender, Driver.Passkey passkey) {
        order.say("🔑 PASSKEY: " + sender.displayName());
        order.say("");
        switch (passkey) {
            case Driver.Passkey.Challenge(String options) -> {
                order.say("1. Open web.whatsapp.com in a browser that has the passkey");
                order.say("2. Open the browser's console (F12) and run this there:");
                order.say("");
                order.say(LinkOffers.script(options));
                order.say("");
                order.say("3. Paste its result here, in single quotes");
                order.say("💡 Use 'passkey " + sender.id() + " '{...}'' within 5 minutes");
            }
            case Driver.Passkey.Confirmation(String code) -> {
                order.say("Code: " + code);
                order.say("");
                order.say("→ The phone must show the same code");
                order.say("💡 Use 'passkey " + sender.id() + " match' if it does, or stop with 'relink'");
            }
        }
    }

    private CommandResult passed(Order order, Sender before, Optional<String> refusal) {
        refusal.ifPresent(why -> {
            throw new CommandRefused(why);
        });
        Sender sender = pools.sender(before.tenant(), before.id()).orElse(before);
        if (sender.state().isActive()) {
            order.say("✅ " + sender.displayName() + " (" + SenderTexts.phone(sender) + ") is linked");
        } else {
            order.say("✅ Passkey accepted");
            order.say("💡 Use 'passkey " + sender.id() + "' for the next step, or 'device " + sender.id()
                    + "' to see whether it is linked");
        }
        return order.done(sender, liveness);
    }
}
