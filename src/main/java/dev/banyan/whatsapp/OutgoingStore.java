package dev.banyan.whatsapp;

import static dev.banyan.schema.Tables.OUTGOING_MESSAGES;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;

final class OutgoingStore {

    private final DSLContext sql;

    OutgoingStore(Tx tx) {
        this.sql = tx.sql();
    }

    void insert(AccountId tenant, OutgoingMessage message) {
        sql.insertInto(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.ID, message.id().toString())
                .set(OUTGOING_MESSAGES.TENANT_ID, tenant)
                .set(OUTGOING_MESSAGES.MASTER_ID, message.pool().value())
                .set(OUTGOING_MESSAGES.PHONE, message.to().e164())
                .set(OUTGOING_MESSAGES.BODY, message.text())
                .set(
                        OUTGOING_MESSAGES.MEDIA_NAME,
                        message.media().map(Media::name).orElse(null))
                .set(
                        OUTGOING_MESSAGES.MEDIA_TYPE,
                        message.media().map(Media::type).orElse(null))
                .set(
                        OUTGOING_MESSAGES.MEDIA_PATH,
                        message.media().map(Media::path).orElse(null))
                .set(OUTGOING_MESSAGES.IDEMPOTENCY_KEY, message.key())
                .set(OUTGOING_MESSAGES.STATE, message.state().key())
                .set(OUTGOING_MESSAGES.ATTEMPTS, 0)
                .set(OUTGOING_MESSAGES.DUE_AT, message.createdAt())
                .set(OUTGOING_MESSAGES.CREATED_AT, message.createdAt())
                .set(OUTGOING_MESSAGES.STATE_CHANGED_AT, message.changedAt())
                .execute();
    }

    Optional<OutgoingMessage> findByKey(AccountId tenant, String key) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(OUTGOING_MESSAGES.TENANT_ID.eq(tenant), OUTGOING_MESSAGES.IDEMPOTENCY_KEY.eq(key))
                .fetchOptional(OutgoingStore::message);
    }

    Map<UUID, OutgoingMessage> findAll(AccountId tenant, Collection<UUID> ids) {
        return sql.selectFrom(OUTGOING_MESSAGES)
                .where(
                        OUTGOING_MESSAGES.TENANT_ID.eq(tenant),
                        OUTGOING_MESSAGES.ID.in(ids.stream().map(UUID::toString).toList()))
                .fetchMap(row -> UUID.fromString(row.get(OUTGOING_MESSAGES.ID)), OutgoingStore::message);
    }

    private static OutgoingMessage message(Record row) {
        return new OutgoingMessage(
                UUID.fromString(row.get(OUTGOING_MESSAGES.ID)),
                row.get(OUTGOING_MESSAGES.TENANT_ID),
                new SenderId(row.get(OUTGOING_MESSAGES.MASTER_ID)),
                Optional.ofNullable(row.get(OUTGOING_MESSAGES.SENDER_ID)).map(SenderId::new),
                new Phone(row.get(OUTGOING_MESSAGES.PHONE)),
                row.get(OUTGOING_MESSAGES.BODY),
                Optional.ofNullable(row.get(OUTGOING_MESSAGES.MEDIA_PATH))
                        .map(path -> new Media(
                                row.get(OUTGOING_MESSAGES.MEDIA_NAME), row.get(OUTGOING_MESSAGES.MEDIA_TYPE), path)),
                row.get(OUTGOING_MESSAGES.IDEMPOTENCY_KEY),
                DeliveryState.of(row.get(OUTGOING_MESSAGES.STATE)),
                Optional.ofNullable(row.get(OUTGOING_MESSAGES.ERROR)),
                row.get(OUTGOING_MESSAGES.CREATED_AT),
                row.get(OUTGOING_MESSAGES.STATE_CHANGED_AT));
    }
}
