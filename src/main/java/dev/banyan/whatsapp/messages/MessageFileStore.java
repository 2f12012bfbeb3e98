package dev.banyan.whatsapp.messages;

import static dev.banyan.schema.Tables.MESSAGE_FILES;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// The files of messages that programs send.
public final class MessageFileStore extends Store {

    public MessageFileStore(Tx tx) {
        super(tx);
    }

    public void insert(Owner owner, MessageFile file) {
        sql.insertInto(MESSAGE_FILES)
                .set(MESSAGE_FILES.ID, file.id())
                .set(MESSAGE_FILES.TENANT_ID, owner.tenant())
                .set(MESSAGE_FILES.ACCOUNT_ID, owner.account())
                .set(MESSAGE_FILES.NAME, file.name())
                .set(MESSAGE_FILES.CONTENT_TYPE, file.type())
                .set(MESSAGE_FILES.SIZE, file.size())
                .set(MESSAGE_FILES.PATH, file.path())
                .set(MESSAGE_FILES.EXPIRES_AT, file.expiresAt())
                .set(MESSAGE_FILES.CREATED_AT, file.createdAt())
                .execute();
    }

    public Optional<MessageFile> find(Owner owner, UUID id) {
        return sql.selectFrom(MESSAGE_FILES)
                .where(of(owner), MESSAGE_FILES.ID.eq(id))
                .fetchOptional(MessageFileStore::file);
    }

    /// Returns how many bytes an account has stored.
    public long stored(Owner owner) {
        return Optional.ofNullable(sql.select(DSL.sum(MESSAGE_FILES.SIZE))
                        .from(MESSAGE_FILES)
                        .where(of(owner))
                        .fetchOne(row -> row.value1()))
                .map(Number::longValue)
                .orElse(0L);
    }

    /// Keeps a file at least until then.
    public void keep(Owner owner, UUID id, Instant until) {
        sql.update(MESSAGE_FILES)
                .set(MESSAGE_FILES.EXPIRES_AT, until)
                .where(of(owner), MESSAGE_FILES.ID.eq(id), MESSAGE_FILES.EXPIRES_AT.lt(until))
                .execute();
    }

    public boolean remove(Owner owner, UUID id) {
        return Tx.changed(sql.deleteFrom(MESSAGE_FILES).where(of(owner), MESSAGE_FILES.ID.eq(id)));
    }

    /// Returns files whose time is over.
    @AllTenants("a job removes files of all tenants")
    public List<MessageFile> expired(Instant now, int limit) {
        return sql.selectFrom(MESSAGE_FILES)
                .where(MESSAGE_FILES.EXPIRES_AT.le(now))
                .orderBy(MESSAGE_FILES.EXPIRES_AT)
                .limit(limit)
                .fetch(MessageFileStore::file);
    }

    @AllTenants("a job removes files of all tenants")
    public void forget(Collection<UUID> ids) {
        sql.deleteFrom(MESSAGE_FILES).where(MESSAGE_FILES.ID.in(ids)).execute();
    }

    private static Condition of(Owner owner) {
        return MESSAGE_FILES.TENANT_ID.eq(owner.tenant()).and(MESSAGE_FILES.ACCOUNT_ID.eq(owner.account()));
    }

    private static MessageFile file(Record row) {
        return new MessageFile(
                row.get(MESSAGE_FILES.ID),
                row.get(MESSAGE_FILES.NAME),
                row.get(MESSAGE_FILES.CONTENT_TYPE),
                row.get(MESSAGE_FILES.SIZE),
                row.get(MESSAGE_FILES.PATH),
                row.get(MESSAGE_FILES.EXPIRES_AT),
                row.get(MESSAGE_FILES.CREATED_AT));
    }
}
