package dev.banyan.whatsapp.simulator;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.MessageBody;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.QuotedMessage;
import dev.banyan.whatsapp.history.QuotedMessageStore;
import dev.banyan.whatsapp.messages.MessageContents;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Played;
import jakarta.inject.Singleton;

/// What simulated customers do with messages that were sent: edit, delete, react. And how they type.
@Singleton
public record SimulatedActs(Database database, SimulatedContacts contacts, SimulatorDriver simulator, Clock clock) {

    /// @param message a message's id, ours or WhatsApp's
    public sealed interface Act {

        record Edit(String message, String text) implements Act {}

        record Delete(String message) implements Act {}

        record React(String message, String emoji) implements Act {}

        record Type(boolean isTyping) implements Act {}
    }

    public Played act(AccountId tenant, SenderId id, Phone customer, Act act) {
        return contacts.play(tenant, id, customer, sender -> switch (act) {
            case Act.Type type ->
                played(sender, customer, new DriverEvent.Typing(sender.key(), customer, type.isTyping()));
            case Act.Edit edit ->
                MessageBody.broken(edit.text(), Optional.empty())
                        .<Played>map(Played.Rejected::new)
                        .orElseGet(() -> own(
                                sender,
                                customer,
                                edit.message(),
                                provider -> new DriverEvent.Edited(
                                        sender.key(),
                                        provider,
                                        customer,
                                        edit.text().strip(),
                                        clock.instant())));
            case Act.Delete delete ->
                own(
                        sender,
                        customer,
                        delete.message(),
                        provider -> new DriverEvent.Deleted(sender.key(), provider, customer, clock.instant()));
            case Act.React react ->
                MessageContents.brokenEmoji(react.emoji())
                        .<Played>map(Played.Rejected::new)
                        .orElseGet(() -> found(sender, customer, react.message())
                                .flatMap(QuotedMessage::provider)
                                .map(provider -> played(
                                        sender,
                                        customer,
                                        new DriverEvent.Reacted(
                                                sender.key(),
                                                provider,
                                                customer,
                                                react.emoji().strip(),
                                                clock.instant())))
                                .orElseGet(SimulatedActs::unknown));
        });
    }

    private interface Event {
        DriverEvent.OfContact of(String provider);
    }

    /// People change only what they have written themselves.
    private Played own(Sender sender, Phone customer, String message, Event event) {
        return found(sender, customer, message)
                .filter(found -> !found.isOurs())
                .flatMap(QuotedMessage::provider)
                .map(provider -> played(sender, customer, event.of(provider)))
                .orElseGet(SimulatedActs::unknown);
    }

    private Optional<QuotedMessage> found(Sender sender, Phone customer, String message) {
        return database.read(
                sender.tenant(), tx -> new QuotedMessageStore(tx).find(sender.tenant(), customer, message));
    }

    private static Played unknown() {
        return new Played.Rejected(new Invalid("message", "We can’t find this message in this chat"));
    }

    private Played played(Sender sender, Phone customer, DriverEvent.OfContact event) {
        return simulator.receive(event) ? contacts.done(sender, customer) : new Played.Full(sender);
    }
}
