package dev.banyan.accounts.exports;

import static dev.banyan.schema.Tables.ACCOUNT_EXPORTS;

import module java.base;
import dev.banyan.accounts.exports.AccountExport.State;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record;

final class ExportStore extends Store {

    ExportStore(Tx tx) {
        super(tx);
    }

    void insert(AccountId tenant, AccountExport export) {
        sql.insertInto(ACCOUNT_EXPORTS)
                .set(ACCOUNT_EXPORTS.ID, export.id())
                .set(ACCOUNT_EXPORTS.TENANT_ID, tenant)
                .set(ACCOUNT_EXPORTS.ACCOUNT_ID, export.account())
                .set(ACCOUNT_EXPORTS.USERNAME, export.username())
                .set(ACCOUNT_EXPORTS.IS_WHOLE, export.whole())
                .set(ACCOUNT_EXPORTS.STATE, export.state().key())
                .set(ACCOUNT_EXPORTS.PROGRESS, export.progress())
                .set(ACCOUNT_EXPORTS.ATTEMPTS, export.attempts())
                .set(ACCOUNT_EXPORTS.REQUESTED_BY_IDENTITY_ID, export.requestedBy())
                .set(ACCOUNT_EXPORTS.CREATED_AT, export.createdAt())
                .set(ACCOUNT_EXPORTS.CLAIMED_UNTIL_AT, export.claimedUntil())
                .set(ACCOUNT_EXPORTS.EXPIRES_AT, export.expiresAt())
                .execute();
    }

    Optional<AccountExport> find(AccountId tenant, UUID id) {
        return sql.selectFrom(ACCOUNT_EXPORTS).where(of(tenant, id)).fetchOptional(ExportStore::export);
    }

    /// Returns an account's exports, the newest first.
    List<AccountExport> list(AccountId tenant, int most) {
        return sql.selectFrom(ACCOUNT_EXPORTS)
                .where(ACCOUNT_EXPORTS.TENANT_ID.eq(tenant))
                .orderBy(ACCOUNT_EXPORTS.CREATED_AT.desc(), ACCOUNT_EXPORTS.ID.desc())
                .limit(most)
                .fetch(ExportStore::export);
    }

    /// Returns the exports of one account's content, the oldest first.
    List<AccountExport> of(Owner owner, int most) {
        return sql.selectFrom(ACCOUNT_EXPORTS)
                .where(ACCOUNT_EXPORTS.TENANT_ID.eq(owner.tenant()), ACCOUNT_EXPORTS.ACCOUNT_ID.eq(owner.account()))
                .orderBy(ACCOUNT_EXPORTS.CREATED_AT, ACCOUNT_EXPORTS.ID)
                .limit(most)
                .fetch(ExportStore::export);
    }

    int unfinished(AccountId tenant) {
        return sql.fetchCount(
                ACCOUNT_EXPORTS,
                ACCOUNT_EXPORTS.TENANT_ID.eq(tenant),
                ACCOUNT_EXPORTS.STATE.in(State.WAITING.key(), State.RUNNING.key()));
    }

    /// Returns unfinished exports, and those of these ids.
    List<AccountExport> unfinishedOr(AccountId tenant, Collection<UUID> ids) {
        return sql.selectFrom(ACCOUNT_EXPORTS)
                .where(
                        ACCOUNT_EXPORTS.TENANT_ID.eq(tenant),
                        ACCOUNT_EXPORTS
                                .STATE
                                .in(State.WAITING.key(), State.RUNNING.key())
                                .or(ACCOUNT_EXPORTS.ID.in(ids)))
                .orderBy(ACCOUNT_EXPORTS.CREATED_AT, ACCOUNT_EXPORTS.ID)
                .fetch(ExportStore::export);
    }

    boolean delete(AccountId tenant, UUID id) {
        return Tx.changed(sql.deleteFrom(ACCOUNT_EXPORTS).where(of(tenant, id)));
    }

    @AllTenants("a job makes the exports of all")
    boolean isAnyWaiting(Instant now) {
        return sql.fetchExists(sql.selectOne().from(ACCOUNT_EXPORTS).where(waits(now)));
    }

    /// Takes the export that waits the longest: a new one, or one whose server is gone.
    @AllTenants("a job makes the exports of all")
    Optional<AccountExport> claim(Instant now, Instant until) {
        Optional<AccountExport> next = sql.selectFrom(ACCOUNT_EXPORTS)
                .where(waits(now))
                .orderBy(ACCOUNT_EXPORTS.CREATED_AT, ACCOUNT_EXPORTS.ID)
                .limit(1)
                .fetchOptional(ExportStore::export);
        return next.filter(export -> Tx.changed(sql.update(ACCOUNT_EXPORTS)
                        .set(ACCOUNT_EXPORTS.STATE, State.RUNNING.key())
                        .set(ACCOUNT_EXPORTS.PROGRESS, 0)
                        .set(ACCOUNT_EXPORTS.ATTEMPTS, ACCOUNT_EXPORTS.ATTEMPTS.plus(1))
                        .set(ACCOUNT_EXPORTS.CLAIMED_UNTIL_AT, until)
                        .where(of(export.tenant(), export.id()), waits(now))))
                .flatMap(export -> find(export.tenant(), export.id()));
    }

    private static Condition waits(Instant now) {
        return ACCOUNT_EXPORTS
                .STATE
                .in(State.WAITING.key(), State.RUNNING.key())
                .and(ACCOUNT_EXPORTS.CLAIMED_UNTIL_AT.le(now));
    }

    /// Notes how far it is.
    ///
    /// @return false if it was deleted, or another server makes it now
    boolean progressed(AccountId tenant, AccountExport claimed, int progress, Instant until) {
        return Tx.changed(sql.update(ACCOUNT_EXPORTS)
                .set(ACCOUNT_EXPORTS.PROGRESS, progress)
                .set(ACCOUNT_EXPORTS.CLAIMED_UNTIL_AT, until)
                .where(claimed(tenant, claimed)));
    }

    /// @return false if it was deleted, or another server makes it now
    boolean ready(AccountId tenant, AccountExport claimed, String path, long size, Instant now, Instant expires) {
        return Tx.changed(sql.update(ACCOUNT_EXPORTS)
                .set(ACCOUNT_EXPORTS.STATE, State.READY.key())
                .set(ACCOUNT_EXPORTS.PROGRESS, 100)
                .set(ACCOUNT_EXPORTS.PATH, path)
                .set(ACCOUNT_EXPORTS.SIZE, size)
                .set(ACCOUNT_EXPORTS.READY_AT, now)
                .set(ACCOUNT_EXPORTS.EXPIRES_AT, expires)
                .where(claimed(tenant, claimed)));
    }

    boolean failed(AccountId tenant, AccountExport claimed, String problem) {
        return Tx.changed(sql.update(ACCOUNT_EXPORTS)
                .set(ACCOUNT_EXPORTS.STATE, State.FAILED.key())
                .set(ACCOUNT_EXPORTS.PROBLEM, problem)
                .where(claimed(tenant, claimed)));
    }

    /// An attempt belongs to one server: the next one counts up.
    private static Condition claimed(AccountId tenant, AccountExport claimed) {
        return of(tenant, claimed.id())
                .and(ACCOUNT_EXPORTS.STATE.eq(State.RUNNING.key()))
                .and(ACCOUNT_EXPORTS.ATTEMPTS.eq(claimed.attempts()));
    }

    @AllTenants("a job deletes expired exports of all")
    List<AccountExport> expired(Instant now, int most) {
        return sql.selectFrom(ACCOUNT_EXPORTS)
                .where(ACCOUNT_EXPORTS.EXPIRES_AT.le(now))
                .orderBy(ACCOUNT_EXPORTS.EXPIRES_AT, ACCOUNT_EXPORTS.ID)
                .limit(most)
                .fetch(ExportStore::export);
    }

    private static Condition of(AccountId tenant, UUID id) {
        return ACCOUNT_EXPORTS.TENANT_ID.eq(tenant).and(ACCOUNT_EXPORTS.ID.eq(id));
    }

    private static AccountExport export(Record row) {
        return new AccountExport(
                row.get(ACCOUNT_EXPORTS.ID),
                row.get(ACCOUNT_EXPORTS.TENANT_ID),
                row.get(ACCOUNT_EXPORTS.ACCOUNT_ID),
                row.get(ACCOUNT_EXPORTS.USERNAME),
                row.get(ACCOUNT_EXPORTS.IS_WHOLE),
                Keyed.of(State.class, row.get(ACCOUNT_EXPORTS.STATE)),
                row.get(ACCOUNT_EXPORTS.PROGRESS),
                row.get(ACCOUNT_EXPORTS.ATTEMPTS),
                row.get(ACCOUNT_EXPORTS.REQUESTED_BY_IDENTITY_ID),
                Optional.ofNullable(row.get(ACCOUNT_EXPORTS.PROBLEM)),
                Optional.ofNullable(row.get(ACCOUNT_EXPORTS.PATH)),
                Optional.ofNullable(row.get(ACCOUNT_EXPORTS.SIZE)),
                row.get(ACCOUNT_EXPORTS.CREATED_AT),
                row.get(ACCOUNT_EXPORTS.CLAIMED_UNTIL_AT),
                Optional.ofNullable(row.get(ACCOUNT_EXPORTS.READY_AT)),
                row.get(ACCOUNT_EXPORTS.EXPIRES_AT));
    }
}
