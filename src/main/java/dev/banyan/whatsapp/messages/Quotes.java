package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.MessageContent.Quoted;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.contacts.PoolContactStore;
import dev.banyan.whatsapp.history.QuotedMessage;
import dev.banyan.whatsapp.history.QuotedMessageStore;

/// Finds the message that a new one answers.
public final class Quotes {

    private static final String FIELD = "replyTo";
    private static final int LONGEST = 128;

    /// The result of looking for it.
    public sealed interface Found {

        record Done(Quoted quoted) implements Found {}

        record Rejected(Invalid invalid) implements Found {}
    }

    private Quotes() {}

    /// @param pool the pool that the new message is sent over: other pools' messages can't be answered
    /// @param id ours or WhatsApp's
    public static Found find(Tx tx, AccountId tenant, SenderId pool, ContactAddress contact, String id) {
        Optional<QuotedMessage> found = id.length() > LONGEST
                ? Optional.empty()
                : new QuotedMessageStore(tx)
                        .find(tenant, contact, id)
                        .filter(message -> isOf(tx, tenant, pool, message));
        if (found.isEmpty()) {
            return new Found.Rejected(
                    new Invalid(FIELD, "replyTo must be the id of a message to or from this contact"));
        }
        return found.get()
                .quoted()
                .<Found>map(Found.Done::new)
                .orElseGet(() -> new Found.Rejected(
                        new Invalid(FIELD, "The message in replyTo hasn’t been sent yet. Try again later")));
    }

    /// Messages that a pool standing in for this one has received belong to it as well.
    private static boolean isOf(Tx tx, AccountId tenant, SenderId pool, QuotedMessage message) {
        return message.pool().equals(pool)
                || new PoolContactStore(tx)
                        .home(tenant, message.pool(), message.contact())
                        .filter(pool::equals)
                        .isPresent();
    }
}
