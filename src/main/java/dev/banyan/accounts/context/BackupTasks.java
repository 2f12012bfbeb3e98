package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.platform.backup.BackupResult;
import dev.banyan.platform.backup.PlannedBackups;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.LongTask;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;

/// The backup that is being written, for operators.
@Singleton
record BackupTasks() implements LongTaskSource {

    private static final String ID = "backup-";

    private record Asked(Set<String> asked) {}

    @Override
    public List<LongTask> ofServer(Tx tx, Set<String> asked) {
        return tx.once(new Asked(asked), all -> PlannedBackups.running(tx, LongTask.rows(all.asked(), ID))).stream()
                .map(BackupTasks::task)
                .toList();
    }

    private static LongTask task(BackupResult result) {
        LongTask.State state = result.running()
                ? LongTask.State.RUNNING
                : result.isFailed() ? LongTask.State.FAILED : LongTask.State.DONE;
        return LongTask.endless(
                ID + result.id(), "Backup", state, Words.count(result.rows(), "row", "rows"), "/operator/backups");
    }
}
