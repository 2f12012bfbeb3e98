package dev.banyan.platform.backup;

import static dev.banyan.schema.Tables.BACKUP_PLAN;

import module java.base;
import dev.banyan.platform.Zones;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Record;

/// The plan that an operator entered.
final class BackupPlanStore extends Store {

    private static final int ONLY = 1;
    private static final int EVERY_DAY = 0;
    private static final int HOUR = 60;
    private static final String FOLDER = "folder";
    private static final String BUCKET = "bucket";

    BackupPlanStore(Tx tx) {
        super(tx);
    }

    Optional<BackupPlan> find() {
        return sql.selectFrom(BACKUP_PLAN)
                .where(BACKUP_PLAN.ID.eq(ONLY))
                .fetchOptional(row -> new BackupPlan(
                        row.get(BACKUP_PLAN.IS_ENABLED),
                        Optional.of(row.get(BACKUP_PLAN.WEEK_DAY))
                                .filter(day -> day != EVERY_DAY)
                                .map(DayOfWeek::of),
                        LocalTime.MIDNIGHT.plusMinutes(row.get(BACKUP_PLAN.DAY_MINUTE)),
                        Zones.of(row.get(BACKUP_PLAN.TIME_ZONE)).orElse(ZoneOffset.UTC),
                        row.get(BACKUP_PLAN.KEEP_COUNT),
                        place(row),
                        row.get(BACKUP_PLAN.CHANGED_AT)));
    }

    private static BackupPlace place(Record row) {
        return row.get(BACKUP_PLAN.PLACE).equals(BUCKET)
                ? new BackupPlace.Bucket(
                        URI.create(row.get(BACKUP_PLAN.ENDPOINT)),
                        row.get(BACKUP_PLAN.REGION),
                        row.get(BACKUP_PLAN.BUCKET),
                        row.get(BACKUP_PLAN.PREFIX),
                        row.get(BACKUP_PLAN.ACCESS_KEY),
                        row.get(BACKUP_PLAN.SEALED_SECRET))
                : new BackupPlace.Folder(Optional.of(row.get(BACKUP_PLAN.FOLDER))
                        .filter(path -> !path.isEmpty())
                        .map(Path::of));
    }

    void put(BackupPlan plan) {
        Optional<BackupPlace.Bucket> bucket =
                plan.place() instanceof BackupPlace.Bucket named ? Optional.of(named) : Optional.empty();
        String folder = plan.place() instanceof BackupPlace.Folder(Optional<Path> path)
                ? path.map(Path::toString).orElse("")
                : "";
        sql.deleteFrom(BACKUP_PLAN).where(BACKUP_PLAN.ID.eq(ONLY)).execute();
        sql.insertInto(BACKUP_PLAN)
                .set(BACKUP_PLAN.ID, ONLY)
                .set(BACKUP_PLAN.IS_ENABLED, plan.enabled())
                .set(BACKUP_PLAN.WEEK_DAY, plan.day().map(DayOfWeek::getValue).orElse(EVERY_DAY))
                .set(
                        BACKUP_PLAN.DAY_MINUTE,
                        plan.at().getHour() * HOUR + plan.at().getMinute())
                .set(BACKUP_PLAN.TIME_ZONE, plan.zone().getId())
                .set(BACKUP_PLAN.KEEP_COUNT, plan.keep())
                .set(BACKUP_PLAN.PLACE, bucket.isPresent() ? BUCKET : FOLDER)
                .set(BACKUP_PLAN.FOLDER, folder)
                .set(
                        BACKUP_PLAN.ENDPOINT,
                        bucket.map(BackupPlace.Bucket::endpoint)
                                .map(URI::toString)
                                .orElse(""))
                .set(BACKUP_PLAN.REGION, bucket.map(BackupPlace.Bucket::region).orElse(""))
                .set(BACKUP_PLAN.BUCKET, bucket.map(BackupPlace.Bucket::name).orElse(""))
                .set(BACKUP_PLAN.PREFIX, bucket.map(BackupPlace.Bucket::prefix).orElse(""))
                .set(
                        BACKUP_PLAN.ACCESS_KEY,
                        bucket.map(BackupPlace.Bucket::accessKey).orElse(""))
                .set(
                        BACKUP_PLAN.SEALED_SECRET,
                        bucket.map(BackupPlace.Bucket::sealedSecret).orElse(null))
                .set(BACKUP_PLAN.CHANGED_AT, plan.changedAt())
                .execute();
    }
}
