package dev.banyan.platform.backup;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.config.S3Bucket;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.secrets.SentSecret;
import dev.banyan.platform.secrets.SentSecrets;
import jakarta.inject.Singleton;

/// The plan for backups, and the place that it names.
@Singleton
public record BackupPlans(Database database, Settings settings, SentSecrets secrets, Audit audit, Clock clock) {

    private static final String PURPOSE = "backups of this server";

    public Optional<BackupPlan> find() {
        return database.read(tx -> new BackupPlanStore(tx).find());
    }

    /// Stores what an operator entered; the caller checks that they are one.
    public Outcome<BackupPlan> put(Actor actor, BackupPlanInput input) {
        List<Invalid> invalid = input.invalid(data());
        if (!invalid.isEmpty()) {
            return Outcome.rejected(invalid);
        }
        Optional<BackupPlace.Bucket> before = find().flatMap(BackupPlans::bucket);
        Optional<Invalid> missing = input.unsealed()
                .filter(bucket -> input.secret().isEmpty()
                        && before.filter(known -> sharesSecret(known, bucket)).isEmpty())
                .map(_ -> secretMissing(before));
        if (missing.isPresent()) {
            return Outcome.rejected(missing.get());
        }
        BackupPlan plan = input.plan(
                bucket -> input.secret()
                        .map(secret -> secrets.seal(SentSecret.BACKUP_BUCKET, secret, PURPOSE, bucket.origin()))
                        .orElseGet(() -> before.orElseThrow().sealedSecret()),
                clock.instant());
        return database.write(tx -> {
            new BackupPlanStore(tx).put(plan);
            audit.noteServer(tx, actor, "BackupPlanChanged", "backups", Map.of("location", location(plan.place())));
            return Outcome.done(plan);
        });
    }

    private static Optional<BackupPlace.Bucket> bucket(BackupPlan plan) {
        return plan.place() instanceof BackupPlace.Bucket bucket ? Optional.of(bucket) : Optional.empty();
    }

    /// Whether the secret of one is good for the other: it is never used at another address.
    private static boolean sharesSecret(BackupPlace.Bucket one, BackupPlace.Bucket other) {
        return one.origin().equals(other.origin()) && one.accessKey().equals(other.accessKey());
    }

    private static Invalid secretMissing(Optional<BackupPlace.Bucket> before) {
        String message = before.map(known -> "Enter the secret key again: it was entered for " + known.accessKey()
                        + " at " + known.origin() + ".")
                .orElse("Enter the secret key.");
        return new Invalid("secret", message, message);
    }

    /// Returns the folder, or the bucket with its address: two plans with the same one share their files.
    public String location(BackupPlace place) {
        return switch (place) {
            case BackupPlace.Folder(Optional<Path> path) ->
                path.orElseGet(this::own).toString();
            case BackupPlace.Bucket bucket -> s3(bucket, "").toString();
        };
    }

    Path own() {
        return data().resolve(DataFolder.BACKUPS);
    }

    private Path data() {
        return settings.data().toAbsolutePath().normalize();
    }

    /// Returns true if what is written there survives the loss of the data folder.
    boolean isElsewhere(BackupPlace place) {
        return !location(place).equals(own().toString());
    }

    /// @throws IOException if its secret was entered for another address, or can't be opened
    BackupShelf open(BackupPlace place) throws IOException {
        return switch (place) {
            case BackupPlace.Folder(Optional<Path> path) ->
                new BackupShelf.InFolder(path.orElseGet(this::own), !isElsewhere(place));
            case BackupPlace.Bucket bucket ->
                BackupShelf.InBucket.of(
                        s3(
                                bucket,
                                secrets.open(SentSecret.BACKUP_BUCKET, bucket.sealedSecret(), PURPOSE, bucket.origin())
                                        .orElseThrow(() -> new IOException(SentSecrets.ENTER_AGAIN))),
                        own());
        };
    }

    private static S3Bucket s3(BackupPlace.Bucket bucket, String secret) {
        return new S3Bucket(
                bucket.endpoint(), bucket.name(), bucket.prefix(), bucket.region(), bucket.accessKey(), secret);
    }

    /// Returns the sealed secret, for the doctor, which only checks that it can be opened.
    public static List<String> sealed(Database database) {
        return database.read(tx -> new BackupPlanStore(tx).find()).flatMap(BackupPlans::bucket).stream()
                .map(BackupPlace.Bucket::sealedSecret)
                .toList();
    }
}
