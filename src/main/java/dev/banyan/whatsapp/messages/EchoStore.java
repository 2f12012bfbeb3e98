package dev.banyan.whatsapp.messages;

import static dev.banyan.schema.Tables.OUTGOING_MESSAGES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.SenderId;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// Tells messages that were written on the phone from our own, and keeps what is changed there.
public final class EchoStore extends Store {

    /// The clocks of this server and of WhatsApp differ by less.
    private static final Duration SKEW = Duration.ofSeconds(2);

    /// After this time, an equal text is another message.
    private static final Duration LOST_FOR = Duration.ofMinutes(10);

    public EchoStore(Tx tx) {
        super(tx);
    }

    /// Returns whether a message that was handed over until then has no result yet.
    public boolean isHandingOver(AccountId tenant, SenderId sender, Instant at) {
        return sql.fetchExists(
                OUTGOING_MESSAGES,
                OUTGOING_MESSAGES.TENANT_ID.concat("").eq(tenant.toString()),
                OUTGOING_MESSAGES.SENDER_ID.concat("").eq(sender.value()),
                // inlined to match the partial index
                OUTGOING_MESSAGES.STATE.eq(DSL.inline(DeliveryState.SENDING.key())),
                OUTGOING_MESSAGES.STATE_CHANGED_AT.le(at.plus(SKEW)));
    }

    /// Returns the first message of this number that says this and may have been sent at this time, but nothing has
    /// told whether it was.
    public Optional<UUID> lost(
            AccountId tenant, SenderId sender, ContactAddress to, String text, boolean hasFile, Instant at) {
        return sql.select(OUTGOING_MESSAGES.ID)
                .from(OUTGOING_MESSAGES)
                .where(
                        says(tenant, sender, to, text, hasFile, at),
                        OUTGOING_MESSAGES.STATE.in(
                                DSL.inline(DeliveryState.UNCERTAIN.key()), DSL.inline(DeliveryState.QUEUED.key())),
                        OUTGOING_MESSAGES.ATTEMPTS.gt(0),
                        OUTGOING_MESSAGES.STATE_CHANGED_AT.ge(at.minus(LOST_FOR)))
                .orderBy(OUTGOING_MESSAGES.ID)
                .limit(1)
                .fetchOptional(OUTGOING_MESSAGES.ID);
    }

    /// Returns whether a message of this number that says this is being handed over. Whoever looks for it after a
    /// restart counts as handing it over since then.
    public boolean isHandingOver(
            AccountId tenant, SenderId sender, ContactAddress to, String text, boolean hasFile, Instant at) {
        return sql.fetchExists(
                OUTGOING_MESSAGES,
                says(tenant, sender, to, text, hasFile, at),
                OUTGOING_MESSAGES.STATE.eq(DSL.inline(DeliveryState.SENDING.key())));
    }

    private static Condition says(
            AccountId tenant, SenderId sender, ContactAddress to, String text, boolean hasFile, Instant at) {
        return DSL.and(
                OUTGOING_MESSAGES.TENANT_ID.eq(tenant),
                OUTGOING_MESSAGES.PHONE.eq(to),
                OUTGOING_MESSAGES.SENDER_ID.concat("").eq(sender.value()),
                OUTGOING_MESSAGES.BODY.eq(text),
                hasFile ? OUTGOING_MESSAGES.MEDIA_PATH.isNotNull() : OUTGOING_MESSAGES.MEDIA_PATH.isNull(),
                OUTGOING_MESSAGES.CREATED_AT.le(at.plus(SKEW)));
    }

    /// Changes the text of a message of ours, unless it was deleted or changed again since.
    ///
    /// @return whether there is such a message
    public boolean edit(AccountId tenant, SenderId sender, String provider, String text, Instant at) {
        return Tx.changed(sql.update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.BODY, text)
                .set(OUTGOING_MESSAGES.EDITED_AT, at)
                .where(
                        provided(tenant, sender, provider),
                        OUTGOING_MESSAGES.DELETED_AT.isNull(),
                        OUTGOING_MESSAGES.EDITED_AT.isNull().or(OUTGOING_MESSAGES.EDITED_AT.le(at))));
    }

    /// Marks a message of ours as deleted. It stays, as it does on the phones that have read it.
    ///
    /// @return whether there is such a message
    public boolean delete(AccountId tenant, SenderId sender, String provider, Instant at) {
        return Tx.changed(sql.update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.DELETED_AT, at)
                .where(provided(tenant, sender, provider)));
    }

    /// Returns our id of a message of ours.
    public Optional<UUID> find(AccountId tenant, SenderId sender, String provider) {
        return sql.fetchOptionalValue(OUTGOING_MESSAGES.ID, provided(tenant, sender, provider));
    }

    private static Condition provided(AccountId tenant, SenderId sender, String provider) {
        return OUTGOING_MESSAGES
                .TENANT_ID
                .concat("")
                .eq(tenant.toString())
                .and(OUTGOING_MESSAGES.SENDER_ID.eq(sender))
                .and(OUTGOING_MESSAGES.PROVIDER_ID.eq(provider));
    }

    /// Notes which number a message was sent from without us.
    ///
    /// @param provider WhatsApp's id of it
    public boolean sent(AccountId tenant, UUID message, SenderId sender, String provider) {
        return Tx.changed(sql.update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.SENDER_ID, sender)
                .set(OUTGOING_MESSAGES.PROVIDER_ID, provider)
                .set(OUTGOING_MESSAGES.REASON, "Sent from the phone.")
                .where(OUTGOING_MESSAGES.TENANT_ID.concat("").eq(tenant.toString()), OUTGOING_MESSAGES.ID.eq(message)));
    }
}
