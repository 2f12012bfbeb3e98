package dev.banyan.whatsapp;

import static dev.banyan.schema.Tables.OUTGOING_MESSAGES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import org.jooq.DSLContext;

/// Stores messages of any state: ordered as the product does it, then in the state that a test wants. Received ones are
/// made without what most of them don’t have.
public final class TestMessages {

    private TestMessages() {}

    /// @return false if the tenant already has a message with this key
    public static boolean insert(Tx tx, OutgoingMessage message) {
        boolean done = new OutboxStore(tx)
                .insert(message.tenant(), List.of(message), Optional.empty())
                .getFirst();
        if (done) {
            become(tx.sql(), message);
        }
        return done;
    }

    /// Stores many new messages of one tenant at once.
    public static void insertAll(Tx tx, List<OutgoingMessage> messages) {
        new OutboxStore(tx).insert(messages.getFirst().tenant(), messages, Optional.empty());
        tx.sql().batched(batch -> messages.forEach(message -> become(batch.dsl(), message)));
    }

    private static void become(DSLContext sql, OutgoingMessage message) {
        sql.update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.STATE, message.state().key())
                .set(OUTGOING_MESSAGES.SENDER_ID, message.sender().orElse(null))
                .set(OUTGOING_MESSAGES.ERROR, message.error().orElse(null))
                .where(OUTGOING_MESSAGES.ID.eq(message.id()))
                .execute();
    }

    /// A message of text, or with a file, to us alone.
    public static IncomingMessage received(
            UUID id,
            AccountId tenant,
            SenderId sender,
            SenderId pool,
            String provider,
            ContactAddress from,
            String name,
            String text,
            Optional<Media> media,
            Instant at) {
        return received(id, tenant, sender, pool, provider, from, name, text, media, MessageContent.PLAIN, at);
    }

    public static IncomingMessage received(
            UUID id,
            AccountId tenant,
            SenderId sender,
            SenderId pool,
            String provider,
            ContactAddress from,
            String name,
            String text,
            Optional<Media> media,
            MessageContent content,
            Instant at) {
        return new IncomingMessage(
                id,
                tenant,
                sender,
                pool,
                provider,
                from,
                name,
                Optional.empty(),
                text,
                media,
                content,
                at,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static MessageArriving arriving(
            Tx tx,
            UUID id,
            AccountId tenant,
            SenderId sender,
            SenderId pool,
            ContactAddress from,
            String name,
            String text,
            Optional<Media> media,
            Instant at) {
        return new MessageArriving(
                tx, id, tenant, sender, pool, from, name, Optional.empty(), text, media, 0, MessageContent.PLAIN, at);
    }
}
