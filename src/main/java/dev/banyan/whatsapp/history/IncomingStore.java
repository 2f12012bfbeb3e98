package dev.banyan.whatsapp.history;

import static dev.banyan.schema.Tables.INCOMING_MESSAGES;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.OutboxStore;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

public final class IncomingStore {

    private final DSLContext sql;

    public IncomingStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// @return false if the message is already stored
    public boolean insert(AccountId tenant, IncomingMessage message) {
        return sql.insertInto(INCOMING_MESSAGES)
                        .set(INCOMING_MESSAGES.ID, message.id().toString())
                        .set(INCOMING_MESSAGES.TENANT_ID, tenant)
                        .set(INCOMING_MESSAGES.SENDER_ID, message.sender().value())
                        .set(INCOMING_MESSAGES.MASTER_ID, message.pool().value())
                        .set(INCOMING_MESSAGES.PROVIDER_ID, message.provider())
                        .set(INCOMING_MESSAGES.PHONE, message.from().e164())
                        .set(INCOMING_MESSAGES.NAME, message.name())
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
                        .set(INCOMING_MESSAGES.CREATED_AT, message.at())
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    /// Returns the pairs of these contacts and numbers in which the contact has written to the number.
    public Set<OutboxStore.Pair> written(AccountId tenant, Collection<SenderId> senders, Collection<Phone> contacts) {
        return new HashSet<>(sql.selectDistinct(INCOMING_MESSAGES.SENDER_ID, INCOMING_MESSAGES.PHONE)
                .from(INCOMING_MESSAGES)
                .where(
                        INCOMING_MESSAGES.TENANT_ID.eq(tenant),
                        INCOMING_MESSAGES.PHONE.in(
                                contacts.stream().map(Phone::e164).toList()),
                        INCOMING_MESSAGES.SENDER_ID.in(
                                senders.stream().map(SenderId::value).toList()))
                .fetch(row -> new OutboxStore.Pair(new SenderId(row.value1()), new Phone(row.value2()))));
    }

    /// Returns the messages of this contact to this number, newest first.
    public List<IncomingMessage> of(AccountId tenant, SenderId sender, Phone contact, int limit) {
        return sql.selectFrom(INCOMING_MESSAGES)
                .where(
                        INCOMING_MESSAGES.TENANT_ID.eq(tenant),
                        INCOMING_MESSAGES.SENDER_ID.eq(sender.value()),
                        INCOMING_MESSAGES.PHONE.eq(contact.e164()))
                .orderBy(INCOMING_MESSAGES.ID.desc())
                .limit(limit)
                .fetch(IncomingStore::message);
    }

    /// Returns the contacts that have written to a number with the time of the last message, latest first.
    public Map<Phone, Instant> contacts(AccountId tenant, SenderId sender, int limit) {
        var last = DSL.max(INCOMING_MESSAGES.CREATED_AT);
        return sql.select(INCOMING_MESSAGES.PHONE, last)
                .from(INCOMING_MESSAGES)
                .where(INCOMING_MESSAGES.TENANT_ID.eq(tenant), INCOMING_MESSAGES.SENDER_ID.eq(sender.value()))
                .groupBy(INCOMING_MESSAGES.PHONE)
                .orderBy(last.desc())
                .limit(limit)
                .fetchMap(row -> new Phone(row.value1()), row -> row.value2());
    }

    /// Returns the display names of these contacts.
    public Map<Phone, String> names(AccountId tenant, SenderId sender, Collection<Phone> contacts) {
        return sql.select(INCOMING_MESSAGES.PHONE, DSL.max(INCOMING_MESSAGES.NAME))
                .from(INCOMING_MESSAGES)
                .where(
                        INCOMING_MESSAGES.TENANT_ID.eq(tenant),
                        INCOMING_MESSAGES.SENDER_ID.eq(sender.value()),
                        INCOMING_MESSAGES.PHONE.in(
                                contacts.stream().map(Phone::e164).toList()),
                        INCOMING_MESSAGES.NAME.ne(""))
                .groupBy(INCOMING_MESSAGES.PHONE)
                .fetchMap(row -> new Phone(row.value1()), row -> row.value2());
    }

    @AllTenants("maps a row to a message")
    public static IncomingMessage message(Record row) {
        return new IncomingMessage(
                UUID.fromString(row.get(INCOMING_MESSAGES.ID)),
                row.get(INCOMING_MESSAGES.TENANT_ID),
                new SenderId(row.get(INCOMING_MESSAGES.SENDER_ID)),
                new SenderId(row.get(INCOMING_MESSAGES.MASTER_ID)),
                row.get(INCOMING_MESSAGES.PROVIDER_ID),
                new Phone(row.get(INCOMING_MESSAGES.PHONE)),
                row.get(INCOMING_MESSAGES.NAME),
                row.get(INCOMING_MESSAGES.BODY),
                Optional.ofNullable(row.get(INCOMING_MESSAGES.MEDIA_PATH))
                        .map(path -> new Media(
                                row.get(INCOMING_MESSAGES.MEDIA_NAME), row.get(INCOMING_MESSAGES.MEDIA_TYPE), path)),
                row.get(INCOMING_MESSAGES.CREATED_AT));
    }
}
