package dev.banyan.platform.backup;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Release;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.FilesUnavailable;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.outcome.Outcome;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;

/// Writes the backups of the plan, one at a time among all servers, and deletes the oldest that it wrote to the same
/// place.
@Singleton
public record PlannedBackups(
        Database database, BackupPlans plans, Settings settings, Release release, Audit audit, Clock clock, Uuids uuids)
        implements Recurring {

    private static final Duration BEAT = Duration.ofSeconds(10);
    /// A backup without a sign of life for so long has ended with its server.
    private static final Duration SILENT = Duration.ofMinutes(2);
    private static final Duration FAILURES_KEPT = Duration.ofDays(90);
    private static final int LISTED = 50;
    private static final int LONGEST_PROBLEM = 500;
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern(
                    "'banyan-'uuuu-MM-dd'T'HHmmssX'-'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /// A backup that is about to be downloaded; its place stays open until it is closed.
    public static final class Download implements AutoCloseable {

        private final String name;
        private final StoredFile file;
        private final BackupShelf shelf;

        private Download(String name, StoredFile file, BackupShelf shelf) {
            this.name = name;
            this.file = file;
            this.shelf = shelf;
        }

        public String name() {
            return name;
        }

        public StoredFile file() {
            return file;
        }

        @Override
        public void close() {
            shelf.close();
        }
    }

    @Override
    public Job job() {
        return Job.scheduled("1m", "1m", "write-backups", "Writes the backups that are due.", this::writeDue);
    }

    /// Returns what was written and what failed, the newest first.
    public List<BackupResult> list() {
        return database.read(tx -> new BackupResultStore(tx).newest(LISTED));
    }

    /// Returns the one that is being written, and those of these ids.
    public static List<BackupResult> running(Tx tx, Collection<UUID> ids) {
        return new BackupResultStore(tx).running(ids);
    }

    /// Returns why the last backup failed; empty if it didn't.
    public Optional<String> trouble() {
        return list().stream()
                .filter(result -> !result.running())
                .findFirst()
                .filter(BackupResult::isFailed)
                .flatMap(BackupResult::problem);
    }

    /// Begins a backup, which goes on by itself; the caller checks that an operator asks for it.
    public Outcome<BackupResult> start(Actor actor) {
        endSilent();
        return plans.find()
                .map(plan -> begin(plan, Optional.empty(), Optional.of(actor))
                        .<Outcome<BackupResult>>map(begun -> Outcome.done(begun.result()))
                        .orElseGet(() -> Outcome.conflict("A backup is being written already.")))
                .orElseGet(Outcome::notFound);
    }

    /// Writes the backup that is due, if there is one.
    void writeDue() {
        endSilent();
        plans.find().flatMap(this::beginDue).ifPresent(Begun::await);
    }

    private Optional<Begun> beginDue(BackupPlan plan) {
        Instant now = clock.instant();
        Optional<Instant> time = plan.due(now, lastPlanned());
        return time.isPresent() || plan.isDueAgain(now, list())
                ? begin(plan, time, Optional.empty())
                : Optional.empty();
    }

    private Optional<Instant> lastPlanned() {
        return database.read(tx -> new BackupResultStore(tx).lastPlanned());
    }

    private record Begun(BackupResult result, Thread writer) {

        void await() {
            try {
                writer.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// @return empty if another one is being written, or was begun for this time
    private Optional<Begun> begin(BackupPlan plan, Optional<Instant> planned, Optional<Actor> actor) {
        Instant now = clock.instant();
        UUID id = uuids.next();
        // Not a name that the command gives, which keeps and deletes its own. The end of an id is random.
        String name = NAME.format(now) + id.toString().substring(24) + ".zip";
        var result = new BackupResult(
                id,
                planned,
                true,
                now,
                Optional.empty(),
                plans.location(plan.place()),
                name,
                0,
                Optional.empty(),
                Optional.empty());
        boolean isOurs = database.write(tx -> {
            boolean added = new BackupResultStore(tx).begin(result);
            if (added) {
                actor.ifPresent(person -> audit.noteServer(
                        tx, person, "BackupStarted", id.toString(), Map.of("location", result.location())));
            }
            return added;
        });
        // Packing keeps a processor busy for minutes: a virtual thread would take it from all requests.
        return isOurs
                ? Optional.of(new Begun(
                        result, Thread.ofPlatform().daemon().name("backup").start(() -> write(plan, result))))
                : Optional.empty();
    }

    private void write(BackupPlan plan, BackupResult result) {
        var backup = new Backup(settings, release.name(), clock);
        ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("backup-beat").factory());
        try {
            var _ = beats.scheduleWithFixedDelay(
                    () -> seen(result, backup), BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
            write(plan, result, backup);
        } catch (IOException | FilesUnavailable | DatabaseUnavailable failure) {
            Log.warnf("The backup %s failed: %s", result.fileName(), failure.getMessage());
            end(result, backup, Optional.empty(), Optional.of(words(failure)));
        } catch (RuntimeException failure) {
            Log.errorf(failure, "The backup %s failed", result.fileName());
            end(result, backup, Optional.empty(), Optional.of("Something went wrong. The server’s log says what."));
        } finally {
            beats.shutdownNow();
        }
    }

    private void write(BackupPlan plan, BackupResult result, Backup backup) throws IOException {
        try (BackupShelf shelf = plans.open(plan.place())) {
            long size = shelf.write(backup, result.fileName());
            if (plans.isElsewhere(plan.place())) {
                LastBackup.record(settings, clock.instant());
            }
            database.write(tx -> {
                new BackupResultStore(tx).written(result.id(), size);
                return result;
            });
            end(result, backup, Optional.of(size), deletingOld(shelf, result.location(), plan.keep()));
        }
    }

    /// Returns why the oldest could not be deleted, if they couldn't.
    private Optional<String> deletingOld(BackupShelf shelf, String location, int keep) {
        try {
            deleteOld(shelf, location, keep);
            return Optional.empty();
        } catch (IOException | FilesUnavailable | DatabaseUnavailable failure) {
            return Optional.of("The oldest backups couldn’t be deleted: " + words(failure));
        }
    }

    /// Deletes what the plan wrote to this place, except the newest. Other files there are left alone.
    private void deleteOld(BackupShelf shelf, String location, int keep) throws IOException {
        for (BackupResult old : database.read(tx -> new BackupResultStore(tx).olderThanNewest(location, keep))) {
            shelf.remove(old.fileName());
            database.write(tx -> {
                new BackupResultStore(tx).delete(old.id());
                return old;
            });
        }
    }

    private void seen(BackupResult result, Backup backup) {
        try {
            database.write(tx -> {
                new BackupResultStore(tx).seen(result.id(), backup.rows(), clock.instant());
                return result;
            });
        } catch (DatabaseUnavailable away) {
            Log.debugf("A sign of life of a backup wasn't written: %s", away.getMessage());
        }
    }

    private void end(BackupResult result, Backup backup, Optional<Long> size, Optional<String> problem) {
        end(result, backup.rows(), size, problem);
    }

    private void end(BackupResult result, long rows, Optional<Long> size, Optional<String> problem) {
        Instant now = clock.instant();
        database.write(tx -> {
            var store = new BackupResultStore(tx);
            store.end(result.id(), rows, size, problem.map(PlannedBackups::cut), now);
            store.deleteFailed(now.minus(FAILURES_KEPT));
            return result;
        });
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(LONGEST_PROBLEM, text.length()));
    }

    private static String words(Exception failure) {
        String text = failure instanceof FileSystemException file && file.getReason() != null
                ? file.getReason() + ": " + file.getFile()
                : String.valueOf(failure.getMessage());
        return text.contains("No space left on device") ? "The disk is full." : text;
    }

    /// Ends those whose server stopped, and removes what they left unfinished. In a restored server, this is the backup
    /// that it was restored from.
    private void endSilent() {
        Instant since = clock.instant().minus(SILENT);
        for (BackupResult silent : database.read(tx -> new BackupResultStore(tx).silentSince(since))) {
            Log.warnf("The backup %s was not finished", silent.fileName());
            // Files for a bucket are made in the own folder.
            boolean isFolder = silent.location().startsWith("/");
            removeUnfinished(isFolder ? Path.of(silent.location()) : plans.own(), silent.fileName(), !isFolder);
            end(
                    silent,
                    silent.rows(),
                    silent.size(),
                    Optional.of("The server stopped before it was finished, or was restored from it.")
                            .filter(_ -> !silent.isWritten()));
        }
    }

    private static void removeUnfinished(Path folder, String name, boolean unsent) {
        try (var unfinished = Files.newDirectoryStream(folder, "." + name + ".*.tmp")) {
            for (Path file : unfinished) {
                Files.deleteIfExists(file);
            }
            if (unsent) {
                Files.deleteIfExists(folder.resolve(name));
            }
        } catch (IOException missing) {
            Log.debugf("Nothing to remove in %s: %s", folder, missing.getMessage());
        }
    }

    /// Opens a kept backup, and notes who takes it. The caller checks that an operator asks for it.
    ///
    /// @return not found if the plan's place doesn't have it any more
    public Outcome<Download> download(Actor actor, UUID id) {
        Optional<BackupPlan> plan = plans.find();
        Optional<BackupResult> found = database.read(tx -> new BackupResultStore(tx).find(id))
                .filter(result -> result.isWritten()
                        && plan.filter(known -> isIn(known, result)).isPresent());
        if (found.isEmpty()) {
            return Outcome.notFound();
        }
        BackupResult result = found.get();
        try {
            BackupShelf shelf = plans.open(plan.orElseThrow().place());
            Optional<StoredFile> file = stored(shelf, result.fileName());
            if (file.isEmpty()) {
                shelf.close();
                return Outcome.notFound();
            }
            database.write(tx -> {
                audit.noteServer(tx, actor, "BackupDownloaded", id.toString(), Map.of("name", result.fileName()));
                return result;
            });
            return Outcome.done(new Download(result.fileName(), file.get(), shelf));
        } catch (IOException failure) {
            return Outcome.conflict(words(failure));
        }
    }

    private static Optional<StoredFile> stored(BackupShelf shelf, String name) throws IOException {
        try {
            return shelf.find(name);
        } catch (FilesUnavailable away) {
            shelf.close();
            throw new IOException(away.getMessage(), away);
        }
    }

    /// Whether a backup is in the place that the plan names now.
    public boolean isIn(BackupPlan plan, BackupResult result) {
        return plans.location(plan.place()).equals(result.location());
    }
}
