package dev.banyan.platform.files;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;

/// Removes the files whose rows are gone: the file first, so that a crash leaves a row without a file rather than the
/// reverse.
@Singleton
public record RemovedFiles(Database database, FileStore files) implements Recurring {

    private static final int AT_ONCE = 500;

    @Override
    public Job job() {
        return Job.scheduled("1m", "30s", "remove-files", "Removes files that were deleted.", this::remove);
    }

    public void remove() {
        List<String> gone = database.read(tx -> new RemovedFileStore(tx).list(AT_ONCE)).stream()
                .filter(this::isRemoved)
                .toList();
        if (!gone.isEmpty()) {
            database.write(tx -> {
                new RemovedFileStore(tx).forget(gone);
                return gone.size();
            });
        }
    }

    private boolean isRemoved(String path) {
        try {
            files.removeAll(path);
            return true;
        } catch (UncheckedIOException failure) {
            Log.warnf("Could not remove a file; trying again later: %s", failure.getMessage());
            return false;
        }
    }
}
