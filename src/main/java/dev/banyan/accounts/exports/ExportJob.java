package dev.banyan.accounts.exports;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;

/// Makes exports in the background, one at a time on each server. A server claims the export that it makes; what a
/// server that stopped has left undone is begun again by any server once its claim ends.
@Singleton
record ExportJob(
        Database database,
        ExportContent content,
        ExportMails mails,
        FileStore files,
        Settings settings,
        Audit audit,
        Clock clock)
        implements Recurring {

    /// Longer than the content of one account takes, which is read without a pause.
    private static final Duration CLAIMED_FOR = Duration.ofMinutes(30);

    private static final Duration NEXT_TRY_AFTER = Duration.ofMinutes(1);
    private static final int MOST_ATTEMPTS = 3;
    private static final int AT_ONCE = 10;
    private static final String FOLDER = "exports";

    /// The export was deleted while it was made, or another server has it now.
    static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public Job job() {
        return Job.scheduled("5s", "7s", "export-accounts", "Makes exports of brands and accounts.", this::run)
                .onEachServer();
    }

    /// Makes what is waiting. Synchronized, because an operator may start the job at any time.
    public synchronized void run() {
        for (int i = 0; i < AT_ONCE; i++) {
            Optional<AccountExport> next = claim();
            if (next.isEmpty()) {
                return;
            }
            make(next.get());
        }
    }

    private Optional<AccountExport> claim() {
        Instant now = clock.instant();
        return database.read(tx -> new ExportStore(tx).isAnyWaiting(now))
                ? database.write(tx -> new ExportStore(tx).claim(now, now.plus(CLAIMED_FOR)))
                : Optional.empty();
    }

    private void make(AccountExport export) {
        if (export.attempts() > MOST_ATTEMPTS) {
            fail(export);
            return;
        }
        try {
            Path archive = settings.temporaryFile("account", ".zip");
            try {
                boolean found = content.write(export, archive, percent -> progressed(export, percent));
                if (found) {
                    finish(export, archive);
                } else {
                    fail(export, "The brand was deleted.");
                }
            } finally {
                Files.deleteIfExists(archive);
            }
        } catch (Ended _) {
            Log.infof("Export %s is no longer wanted", export.id());
        } catch (IOException | RuntimeException failure) {
            Log.errorf(failure, "Export %s failed at attempt %d", export.id(), export.attempts());
            tryAgain(export);
        }
    }

    private void progressed(AccountExport export, int percent) {
        Instant until = clock.instant().plus(CLAIMED_FOR);
        if (!database.write(tx -> new ExportStore(tx).progressed(export.tenant(), export, percent, until))) {
            throw new Ended();
        }
    }

    private void finish(AccountExport export, Path archive) throws IOException {
        String path = FOLDER + "/" + export.tenant() + "/" + export.id() + "-" + export.attempts() + ".zip";
        long size = Files.size(archive);
        files.place(archive, path);
        Instant now = clock.instant();
        boolean kept = false;
        try {
            kept = database.write(tx -> {
                boolean ready =
                        new ExportStore(tx).ready(export.tenant(), export, path, size, now, now.plus(Exports.KEPT));
                if (ready) {
                    audit.note(
                            tx,
                            Actor.SERVER,
                            new Owner(export.tenant(), export.account()),
                            "AccountExported",
                            export.id().toString(),
                            Map.of("username", export.username(), "size", size));
                    mails.ready(tx, export);
                }
                return ready;
            });
        } finally {
            if (!kept) {
                files.remove(path);
            }
        }
    }

    private void tryAgain(AccountExport export) {
        if (export.attempts() >= MOST_ATTEMPTS) {
            fail(export);
        } else {
            Instant next = clock.instant().plus(NEXT_TRY_AFTER);
            database.write(tx -> new ExportStore(tx).progressed(export.tenant(), export, 0, next));
        }
    }

    private void fail(AccountExport export) {
        fail(export, "The server couldn’t write the file. Its operator finds the reason in the log.");
    }

    private void fail(AccountExport export, String why) {
        database.write(tx -> {
            boolean failed = new ExportStore(tx).failed(export.tenant(), export, why);
            if (failed) {
                mails.failed(tx, export, why);
            }
            return failed;
        });
    }
}
