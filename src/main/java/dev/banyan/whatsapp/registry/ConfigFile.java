package dev.banyan.whatsapp.registry;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// The file that mirrors an account's senders, as far as a change of senders has to know it.
public interface ConfigFile {

    /// Folder of the account's file. Asks the database the first time: not to be called inside a transaction.
    Path folderOf(AccountId tenant);

    /// How many senders the account's file had when it was looked at last.
    int size(AccountId tenant);

    /// Writes the next file beside the present one, if something in it has changed.
    ///
    /// @param anyway even if nothing has changed: the present file may be wrong
    Optional<Staged> stage(Tx tx, AccountId tenant, Path place, Instant now, boolean anyway);

    /// What was written beside the present file.
    ///
    /// @param publish puts it in its place: to be run after the commit
    /// @param edited whether somebody had edited the present file
    record Staged(Runnable publish, boolean edited) {}
}
