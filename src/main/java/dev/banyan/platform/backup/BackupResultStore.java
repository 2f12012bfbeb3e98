package dev.banyan.platform.backup;

import static dev.banyan.schema.Tables.BACKUP_RESULTS;
import static org.jooq.impl.DSL.max;

import module java.base;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Record;

/// What became of backups.
final class BackupResultStore extends Store {

    BackupResultStore(Tx tx) {
        super(tx);
    }

    /// Adds one that is about to be written.
    ///
    /// @return false if another one is being written, or was begun for the same time of the plan
    boolean begin(BackupResult result) {
        return Tx.changed(sql.insertInto(BACKUP_RESULTS)
                .set(BACKUP_RESULTS.ID, result.id())
                .set(BACKUP_RESULTS.PLANNED_AT, result.planned().orElse(null))
                .set(BACKUP_RESULTS.IS_RUNNING, true)
                .set(BACKUP_RESULTS.STARTED_AT, result.startedAt())
                .set(BACKUP_RESULTS.SEEN_AT, result.startedAt())
                .set(BACKUP_RESULTS.LOCATION, result.location())
                .set(BACKUP_RESULTS.FILE_NAME, result.fileName())
                .set(BACKUP_RESULTS.ROW_COUNT, 0L)
                .onConflictDoNothing());
    }

    /// Notes that it is still being written.
    void seen(UUID id, long rows, Instant now) {
        sql.update(BACKUP_RESULTS)
                .set(BACKUP_RESULTS.ROW_COUNT, rows)
                .set(BACKUP_RESULTS.SEEN_AT, now)
                .where(BACKUP_RESULTS.ID.eq(id))
                .execute();
    }

    /// Notes that the archive is whole. What is left to do is to delete the oldest.
    void written(UUID id, long size) {
        sql.update(BACKUP_RESULTS)
                .set(BACKUP_RESULTS.FILE_SIZE, size)
                .where(BACKUP_RESULTS.ID.eq(id))
                .execute();
    }

    /// @param size empty if it failed
    void end(UUID id, long rows, Optional<Long> size, Optional<String> problem, Instant now) {
        sql.update(BACKUP_RESULTS)
                .setNull(BACKUP_RESULTS.IS_RUNNING)
                .set(BACKUP_RESULTS.ENDED_AT, now)
                .set(BACKUP_RESULTS.ROW_COUNT, rows)
                .set(BACKUP_RESULTS.FILE_SIZE, size.orElse(null))
                .set(BACKUP_RESULTS.PROBLEM, problem.orElse(null))
                .where(BACKUP_RESULTS.ID.eq(id))
                .execute();
    }

    /// Returns those without a sign of life since then.
    List<BackupResult> silentSince(Instant time) {
        return sql.selectFrom(BACKUP_RESULTS)
                .where(BACKUP_RESULTS.IS_RUNNING.eq(true).and(BACKUP_RESULTS.SEEN_AT.lt(time)))
                .fetch(BackupResultStore::result);
    }

    /// Returns the one that is being written, and those of these ids.
    List<BackupResult> running(Collection<UUID> ids) {
        return sql.selectFrom(BACKUP_RESULTS)
                .where(BACKUP_RESULTS.IS_RUNNING.eq(true).or(BACKUP_RESULTS.ID.in(ids)))
                .fetch(BackupResultStore::result);
    }

    Optional<Instant> lastPlanned() {
        return sql.select(max(BACKUP_RESULTS.PLANNED_AT))
                .from(BACKUP_RESULTS)
                .fetchOptional(row -> row.get(max(BACKUP_RESULTS.PLANNED_AT)));
    }

    Optional<BackupResult> find(UUID id) {
        return sql.selectFrom(BACKUP_RESULTS).where(BACKUP_RESULTS.ID.eq(id)).fetchOptional(BackupResultStore::result);
    }

    /// Returns the newest first.
    List<BackupResult> newest(int most) {
        return sql.selectFrom(BACKUP_RESULTS)
                .orderBy(BACKUP_RESULTS.STARTED_AT.desc(), BACKUP_RESULTS.ID.desc())
                .limit(most)
                .fetch(BackupResultStore::result);
    }

    /// Returns those that were written to a place, except the newest.
    List<BackupResult> olderThanNewest(String location, int newest) {
        return sql.selectFrom(BACKUP_RESULTS)
                .where(BACKUP_RESULTS.LOCATION.eq(location).and(BACKUP_RESULTS.FILE_SIZE.isNotNull()))
                .orderBy(BACKUP_RESULTS.STARTED_AT.desc(), BACKUP_RESULTS.ID.desc())
                .offset(newest)
                .fetch(BackupResultStore::result);
    }

    void delete(UUID id) {
        sql.deleteFrom(BACKUP_RESULTS).where(BACKUP_RESULTS.ID.eq(id)).execute();
    }

    void deleteFailed(Instant before) {
        sql.deleteFrom(BACKUP_RESULTS)
                .where(BACKUP_RESULTS
                        .FILE_SIZE
                        .isNull()
                        .and(BACKUP_RESULTS.IS_RUNNING.isNull())
                        .and(BACKUP_RESULTS.STARTED_AT.lt(before)))
                .execute();
    }

    private static BackupResult result(Record row) {
        return new BackupResult(
                row.get(BACKUP_RESULTS.ID),
                Optional.ofNullable(row.get(BACKUP_RESULTS.PLANNED_AT)),
                row.get(BACKUP_RESULTS.IS_RUNNING) != null,
                row.get(BACKUP_RESULTS.STARTED_AT),
                Optional.ofNullable(row.get(BACKUP_RESULTS.ENDED_AT)),
                row.get(BACKUP_RESULTS.LOCATION),
                row.get(BACKUP_RESULTS.FILE_NAME),
                row.get(BACKUP_RESULTS.ROW_COUNT),
                Optional.ofNullable(row.get(BACKUP_RESULTS.FILE_SIZE)),
                Optional.ofNullable(row.get(BACKUP_RESULTS.PROBLEM)));
    }
}
