package dev.banyan.whatsapp.history;

import static dev.banyan.schema.Tables.MESSAGE_REACTIONS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.SenderId;

/// What contacts have reacted with: one emoji for each message and contact.
public final class ReactionStore extends Store {

    public ReactionStore(Tx tx) {
        super(tx);
    }

    /// Stores a reaction, unless a later one is stored already.
    ///
    /// @param emoji empty: withdrawn
    public boolean put(
            AccountId tenant, SenderId sender, String provider, ContactAddress contact, String emoji, Instant at) {
        return Tx.changed(sql.insertInto(MESSAGE_REACTIONS)
                .set(MESSAGE_REACTIONS.TENANT_ID, tenant)
                .set(MESSAGE_REACTIONS.SENDER_ID, sender)
                .set(MESSAGE_REACTIONS.PROVIDER_ID, provider)
                .set(MESSAGE_REACTIONS.PHONE, contact)
                .set(MESSAGE_REACTIONS.EMOJI, emoji)
                .set(MESSAGE_REACTIONS.REACTED_AT, at)
                .onConflict(
                        MESSAGE_REACTIONS.TENANT_ID,
                        MESSAGE_REACTIONS.SENDER_ID,
                        MESSAGE_REACTIONS.PROVIDER_ID,
                        MESSAGE_REACTIONS.PHONE)
                .doUpdate()
                .set(MESSAGE_REACTIONS.EMOJI, emoji)
                .set(MESSAGE_REACTIONS.REACTED_AT, at)
                .where(MESSAGE_REACTIONS.REACTED_AT.le(at)));
    }

    /// Returns the reactions to these messages of a number, by WhatsApp's ids; without those that were withdrawn.
    public Map<String, String> of(AccountId tenant, SenderId sender, Collection<String> providers) {
        return sql.select(MESSAGE_REACTIONS.PROVIDER_ID, MESSAGE_REACTIONS.EMOJI)
                .from(MESSAGE_REACTIONS)
                .where(
                        MESSAGE_REACTIONS.TENANT_ID.eq(tenant),
                        MESSAGE_REACTIONS.SENDER_ID.eq(sender),
                        MESSAGE_REACTIONS.PROVIDER_ID.in(providers),
                        MESSAGE_REACTIONS.EMOJI.ne(""))
                .fetchMap(row -> row.value1(), row -> row.value2());
    }
}
