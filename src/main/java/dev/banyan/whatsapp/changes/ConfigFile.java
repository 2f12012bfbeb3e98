package dev.banyan.whatsapp.changes;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;

/// The file that mirrors an account's senders, as needed by changes of senders.
public interface ConfigFile {

    /// Returns the folder of the account's file. The first call queries the database, so it must not be made
    /// inside a transaction.
    Path folderOf(AccountId tenant);

    /// Returns how many senders the account's file last had.
    int size(AccountId tenant);

    /// Writes the next file under a temporary name if its content has changed.
    ///
    /// @param anyway even if nothing has changed, because the current file may be wrong
    Optional<Staged> stage(Tx tx, AccountId tenant, Path place, Instant now, boolean anyway);

    /// A file written under a temporary name.
    ///
    /// @param publish renames it; to be run after the commit
    /// @param edited whether the current file was edited by hand
    record Staged(Runnable publish, boolean edited) {}
}
