package dev.banyan.whatsapp.history;

import static dev.banyan.schema.Tables.INCOMING_MESSAGES;
import static dev.banyan.schema.Tables.OUTGOING_MESSAGES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.SenderId;
import org.jooq.Condition;
import org.jooq.Record6;
import org.jooq.impl.DSL;

/// Finds messages that others refer to.
public final class QuotedMessageStore extends Store {

    public QuotedMessageStore(Tx tx) {
        super(tx);
    }

    /// Finds a message of the chat with a contact.
    ///
    /// @param id ours or WhatsApp's
    public Optional<QuotedMessage> find(AccountId tenant, ContactAddress contact, String id) {
        Optional<UUID> own = Uuids.parse(id);
        Condition sent =
                own.map(known -> OUTGOING_MESSAGES.ID.eq(known)).orElseGet(() -> OUTGOING_MESSAGES.PROVIDER_ID.eq(id));
        Condition received =
                own.map(known -> INCOMING_MESSAGES.ID.eq(known)).orElseGet(() -> INCOMING_MESSAGES.PROVIDER_ID.eq(id));
        return outgoing(tenant, List.of(contact), sent).stream()
                .findFirst()
                .or(() -> incoming(tenant, List.of(contact), received).stream().findFirst());
    }

    /// Returns the messages of the chats with these contacts that have these ids of WhatsApp's.
    public Map<String, QuotedMessage> findAll(
            AccountId tenant, Collection<ContactAddress> contacts, Collection<String> providers) {
        var found = new LinkedHashMap<String, QuotedMessage>();
        if (!providers.isEmpty()) {
            outgoing(tenant, contacts, OUTGOING_MESSAGES.PROVIDER_ID.in(providers))
                    .forEach(one -> found.putIfAbsent(one.provider().orElseThrow(), one));
            incoming(tenant, contacts, INCOMING_MESSAGES.PROVIDER_ID.in(providers))
                    .forEach(one -> found.putIfAbsent(one.provider().orElseThrow(), one));
        }
        return found;
    }

    /// A message of ours as it is on WhatsApp.
    ///
    /// @param editedAt when its text was changed on the phone of the number
    public record OnWhatsApp(String provider, Optional<Instant> editedAt, Optional<Instant> deletedAt) {}

    /// Returns what became of these messages, without those that were not sent yet.
    public Map<UUID, OnWhatsApp> onWhatsApp(AccountId tenant, Collection<UUID> outgoing) {
        return outgoing.isEmpty()
                ? Map.of()
                : sql.select(
                                OUTGOING_MESSAGES.ID,
                                OUTGOING_MESSAGES.PROVIDER_ID,
                                OUTGOING_MESSAGES.EDITED_AT,
                                OUTGOING_MESSAGES.DELETED_AT)
                        .from(OUTGOING_MESSAGES)
                        .where(
                                OUTGOING_MESSAGES.TENANT_ID.eq(tenant),
                                OUTGOING_MESSAGES.ID.in(outgoing),
                                OUTGOING_MESSAGES.PROVIDER_ID.isNotNull())
                        .fetchMap(
                                row -> row.value1(),
                                row -> new OnWhatsApp(
                                        row.value2(),
                                        Optional.ofNullable(row.value3()),
                                        Optional.ofNullable(row.value4())));
    }

    /// Returns what we have reacted with to these messages last: the stored contents, by WhatsApp's ids.
    public Map<String, String> ownReactions(
            AccountId tenant, Collection<ContactAddress> contacts, Collection<String> providers) {
        var last = new LinkedHashMap<String, String>();
        if (!providers.isEmpty()) {
            sql.select(OUTGOING_MESSAGES.QUOTED_PROVIDER_ID, OUTGOING_MESSAGES.CONTENT)
                    .from(OUTGOING_MESSAGES)
                    .where(
                            OUTGOING_MESSAGES.TENANT_ID.eq(tenant),
                            OUTGOING_MESSAGES.PHONE.in(contacts),
                            OUTGOING_MESSAGES.QUOTED_PROVIDER_ID.in(providers),
                            OUTGOING_MESSAGES.CONTENT.like("{\"type\":\"reaction\"%"),
                            OUTGOING_MESSAGES.STATE.notIn(DeliveryState.FAILED.key(), DeliveryState.CANCELED.key()))
                    .orderBy(OUTGOING_MESSAGES.ID)
                    .forEach(row -> last.put(row.value1(), row.value2()));
        }
        return last;
    }

    private List<QuotedMessage> outgoing(AccountId tenant, Collection<ContactAddress> contacts, Condition which) {
        return sql.select(
                        OUTGOING_MESSAGES.ID,
                        OUTGOING_MESSAGES.MASTER_ID,
                        OUTGOING_MESSAGES.PHONE,
                        OUTGOING_MESSAGES.PROVIDER_ID,
                        OUTGOING_MESSAGES.BODY,
                        OUTGOING_MESSAGES.HOME_MASTER_ID)
                .from(OUTGOING_MESSAGES)
                .where(OUTGOING_MESSAGES.TENANT_ID.eq(tenant), OUTGOING_MESSAGES.PHONE.in(contacts), which)
                .fetch(row -> message(row, true));
    }

    private List<QuotedMessage> incoming(AccountId tenant, Collection<ContactAddress> contacts, Condition which) {
        return sql.select(
                        INCOMING_MESSAGES.ID,
                        INCOMING_MESSAGES.MASTER_ID,
                        INCOMING_MESSAGES.PHONE,
                        INCOMING_MESSAGES.PROVIDER_ID,
                        INCOMING_MESSAGES.BODY,
                        DSL.castNull(OUTGOING_MESSAGES.HOME_MASTER_ID))
                .from(INCOMING_MESSAGES)
                .where(INCOMING_MESSAGES.TENANT_ID.eq(tenant), INCOMING_MESSAGES.PHONE.in(contacts), which)
                .fetch(row -> message(row, false));
    }

    private static QuotedMessage message(
            Record6<UUID, SenderId, ContactAddress, String, String, SenderId> row, boolean isOurs) {
        return new QuotedMessage(
                row.value1(),
                Optional.ofNullable(row.value6()).orElse(row.value2()),
                row.value3(),
                Optional.ofNullable(row.value4()),
                isOurs,
                row.value5());
    }
}
