package dev.banyan.whatsapp.history;

import static dev.banyan.schema.Tables.INCOMING_MESSAGES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.OutboxStore;
import dev.banyan.whatsapp.SenderId;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

public final class IncomingStore extends Store {

    public IncomingStore(Tx tx) {
        super(tx);
    }

    /// @return false if the message is already stored
    public boolean insert(AccountId tenant, IncomingMessage message) {
        return Tx.changed(sql.insertInto(INCOMING_MESSAGES)
                .set(INCOMING_MESSAGES.ID, message.id())
                .set(INCOMING_MESSAGES.TENANT_ID, tenant)
                .set(INCOMING_MESSAGES.SENDER_ID, message.sender())
                .set(INCOMING_MESSAGES.MASTER_ID, message.pool())
                .set(INCOMING_MESSAGES.PROVIDER_ID, message.provider())
                .set(INCOMING_MESSAGES.PHONE, message.from())
                .set(INCOMING_MESSAGES.NAME, message.name())
                .set(INCOMING_MESSAGES.USERNAME, message.username().orElse(null))
                .set(INCOMING_MESSAGES.BODY, message.text())
                .set(
                        INCOMING_MESSAGES.MEDIA_NAME,
                        message.media().map(Media::name).orElse(null))
                .set(
                        INCOMING_MESSAGES.MEDIA_TYPE,
                        message.media().map(Media::type).orElse(null))
                .set(
                        INCOMING_MESSAGES.MEDIA_PATH,
                        message.media().map(Media::path).orElse(null))
                .set(INCOMING_MESSAGES.CONTENT, message.content().column().orElse(null))
                .set(
                        INCOMING_MESSAGES.QUOTED_PROVIDER_ID,
                        message.content()
                                .quoted()
                                .map(MessageContent.Quoted::provider)
                                .orElse(null))
                .set(
                        INCOMING_MESSAGES.IS_QUOTED_OURS,
                        message.content()
                                .quoted()
                                .map(MessageContent.Quoted::isOurs)
                                .orElse(null))
                .set(INCOMING_MESSAGES.CREATED_AT, message.at())
                .set(INCOMING_MESSAGES.GROUP_ID, message.group().orElse(null))
                .onConflictDoNothing());
    }

    /// Changes the text of a message, unless it was deleted or changed again since: changes come in any order.
    ///
    /// @return whether there is such a message
    public boolean edit(AccountId tenant, SenderId sender, String provider, String text, Instant at) {
        return Tx.changed(sql.update(INCOMING_MESSAGES)
                .set(INCOMING_MESSAGES.BODY, text)
                .set(INCOMING_MESSAGES.EDITED_AT, at)
                .where(
                        provided(tenant, sender, provider),
                        INCOMING_MESSAGES.DELETED_AT.isNull(),
                        INCOMING_MESSAGES.EDITED_AT.isNull().or(INCOMING_MESSAGES.EDITED_AT.le(at))));
    }

    /// Marks a message as deleted by its contact. It stays, as it does on the phones that have read it.
    ///
    /// @return whether there is such a message
    public boolean delete(AccountId tenant, SenderId sender, String provider, Instant at) {
        return Tx.changed(sql.update(INCOMING_MESSAGES)
                .set(INCOMING_MESSAGES.DELETED_AT, at)
                .where(provided(tenant, sender, provider)));
    }

    /// Returns who has written a message.
    public Optional<ContactAddress> writer(AccountId tenant, SenderId sender, String provider) {
        return sql.fetchOptionalValue(INCOMING_MESSAGES.PHONE, provided(tenant, sender, provider));
    }

    private static Condition provided(AccountId tenant, SenderId sender, String provider) {
        return INCOMING_MESSAGES
                .TENANT_ID
                .eq(tenant)
                .and(INCOMING_MESSAGES.SENDER_ID.eq(sender))
                .and(INCOMING_MESSAGES.PROVIDER_ID.eq(provider));
    }

    /// Returns the message with this id of WhatsApp's.
    public Optional<IncomingMessage> find(AccountId tenant, SenderId sender, String provider) {
        return sql.selectFrom(INCOMING_MESSAGES)
                .where(provided(tenant, sender, provider))
                .fetchOptional(IncomingStore::message);
    }

    /// Returns the messages with these ids of ours, oldest first.
    public List<IncomingMessage> findAll(AccountId tenant, Collection<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : sql.selectFrom(INCOMING_MESSAGES)
                        .where(INCOMING_MESSAGES.TENANT_ID.eq(tenant), INCOMING_MESSAGES.ID.in(ids))
                        .orderBy(INCOMING_MESSAGES.ID)
                        .fetch(IncomingStore::message);
    }

    /// Returns when a contact last wrote to a number.
    public Optional<Instant> lastFrom(AccountId tenant, SenderId sender, ContactAddress contact) {
        return sql.select(INCOMING_MESSAGES.CREATED_AT)
                .from(INCOMING_MESSAGES)
                .where(
                        INCOMING_MESSAGES.TENANT_ID.eq(tenant),
                        INCOMING_MESSAGES.SENDER_ID.eq(sender),
                        INCOMING_MESSAGES.PHONE.eq(contact),
                        INCOMING_MESSAGES.GROUP_ID.isNull())
                .orderBy(INCOMING_MESSAGES.ID.desc())
                .limit(1)
                .fetchOptional(INCOMING_MESSAGES.CREATED_AT);
    }

    /// Returns the pairs of these contacts and numbers in which the contact has written to the number.
    public Set<OutboxStore.Pair> written(
            AccountId tenant, Collection<SenderId> senders, Collection<ContactAddress> contacts) {
        return written(tenant, senders, contacts, DSL.noCondition());
    }

    /// Returns the pairs of these contacts and numbers in which the contact has written to the number since then.
    public Set<OutboxStore.Pair> writtenSince(
            AccountId tenant, Collection<SenderId> senders, Collection<ContactAddress> contacts, Instant since) {
        return written(tenant, senders, contacts, INCOMING_MESSAGES.CREATED_AT.gt(since));
    }

    private Set<OutboxStore.Pair> written(
            AccountId tenant, Collection<SenderId> senders, Collection<ContactAddress> contacts, Condition then) {
        return new HashSet<>(sql.selectDistinct(INCOMING_MESSAGES.SENDER_ID, INCOMING_MESSAGES.PHONE)
                .from(INCOMING_MESSAGES)
                .where(
                        INCOMING_MESSAGES.TENANT_ID.eq(tenant),
                        INCOMING_MESSAGES.PHONE.in(contacts),
                        INCOMING_MESSAGES.SENDER_ID.in(senders),
                        then,
                        INCOMING_MESSAGES.GROUP_ID.isNull())
                .fetch(row -> new OutboxStore.Pair(row.value1(), row.value2())));
    }

    /// Returns those of these contacts who have written to a number of a pool, or to one that was in it then. The
    /// contacts lead along their index.
    public Set<ContactAddress> haveWritten(
            AccountId tenant, SenderId pool, Collection<SenderId> senders, Collection<ContactAddress> contacts) {
        return contacts.isEmpty()
                ? Set.of()
                : new HashSet<>(sql.selectDistinct(INCOMING_MESSAGES.PHONE)
                        .from(INCOMING_MESSAGES)
                        .where(
                                INCOMING_MESSAGES.TENANT_ID.eq(tenant),
                                INCOMING_MESSAGES.PHONE.in(contacts),
                                INCOMING_MESSAGES.GROUP_ID.isNull(),
                                INCOMING_MESSAGES
                                        .MASTER_ID
                                        .concat("")
                                        .eq(pool.value())
                                        .or(INCOMING_MESSAGES
                                                .SENDER_ID
                                                .concat("")
                                                .in(senders.stream()
                                                        .map(SenderId::value)
                                                        .toList())))
                        .fetch(row -> row.value1()));
    }

    /// Returns the messages of this contact to this number, newest first.
    public List<IncomingMessage> of(AccountId tenant, SenderId sender, ContactAddress contact, int limit) {
        return sql.selectFrom(INCOMING_MESSAGES)
                .where(
                        INCOMING_MESSAGES.TENANT_ID.eq(tenant),
                        INCOMING_MESSAGES.SENDER_ID.eq(sender),
                        INCOMING_MESSAGES.PHONE.eq(contact))
                .orderBy(INCOMING_MESSAGES.ID.desc())
                .limit(limit)
                .fetch(IncomingStore::message);
    }

    /// Returns the contacts that have written to a number with the time of the last message, latest first.
    public Map<ContactAddress, Instant> contacts(AccountId tenant, SenderId sender, int limit) {
        var last = DSL.max(INCOMING_MESSAGES.CREATED_AT);
        return sql.select(INCOMING_MESSAGES.PHONE, last)
                .from(INCOMING_MESSAGES)
                .where(INCOMING_MESSAGES.TENANT_ID.eq(tenant), INCOMING_MESSAGES.SENDER_ID.eq(sender))
                .groupBy(INCOMING_MESSAGES.PHONE)
                .orderBy(last.desc())
                .limit(limit)
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    /// Returns the display names of these contacts.
    public Map<ContactAddress, String> names(AccountId tenant, SenderId sender, Collection<ContactAddress> contacts) {
        return sql.select(INCOMING_MESSAGES.PHONE, DSL.max(INCOMING_MESSAGES.NAME))
                .from(INCOMING_MESSAGES)
                .where(
                        INCOMING_MESSAGES.TENANT_ID.eq(tenant),
                        INCOMING_MESSAGES.SENDER_ID.eq(sender),
                        INCOMING_MESSAGES.PHONE.in(contacts),
                        INCOMING_MESSAGES.NAME.ne(""))
                .groupBy(INCOMING_MESSAGES.PHONE)
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    @AllTenants("maps a row to a message")
    public static IncomingMessage message(Record row) {
        return new IncomingMessage(
                row.get(INCOMING_MESSAGES.ID),
                row.get(INCOMING_MESSAGES.TENANT_ID),
                row.get(INCOMING_MESSAGES.SENDER_ID),
                row.get(INCOMING_MESSAGES.MASTER_ID),
                row.get(INCOMING_MESSAGES.PROVIDER_ID),
                row.get(INCOMING_MESSAGES.PHONE),
                row.get(INCOMING_MESSAGES.NAME),
                Optional.ofNullable(row.get(INCOMING_MESSAGES.USERNAME)),
                row.get(INCOMING_MESSAGES.BODY),
                Optional.ofNullable(row.get(INCOMING_MESSAGES.MEDIA_PATH))
                        .map(path -> new Media(
                                row.get(INCOMING_MESSAGES.MEDIA_NAME), row.get(INCOMING_MESSAGES.MEDIA_TYPE), path)),
                MessageContent.of(
                        Optional.ofNullable(row.get(INCOMING_MESSAGES.CONTENT)),
                        Optional.ofNullable(row.get(INCOMING_MESSAGES.QUOTED_PROVIDER_ID))
                                .map(id -> new MessageContent.Quoted(id, row.get(INCOMING_MESSAGES.IS_QUOTED_OURS)))),
                row.get(INCOMING_MESSAGES.CREATED_AT),
                Optional.ofNullable(row.get(INCOMING_MESSAGES.EDITED_AT)),
                Optional.ofNullable(row.get(INCOMING_MESSAGES.DELETED_AT)),
                Optional.ofNullable(row.get(INCOMING_MESSAGES.GROUP_ID)));
    }
}
