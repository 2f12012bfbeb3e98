package dev.banyan.accounts.exports;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.LeftOut;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.files.UnusableArchive;

/// What a package keeps for an account, as far as exports are concerned. Every package that keeps such content
/// implements this, so that no package reads another package's tables.
public interface AccountPart {

    /// Returns its place among the parts: an import reads what others refer to before the others.
    int order();

    /// Writes the content of an account. All parts of an account are read in one transaction; files are only named,
    /// and copied after it.
    void write(Tx tx, Owner owner, ExportFolder to);

    /// Reads and checks the content, and copies its files. Called outside of any transaction.
    ///
    /// @param to the account that gets it, which need not exist yet, or may have content of its own
    Prepared prepare(Owner to, ImportFolder from) throws UnusableArchive;

    /// Content that was read and whose files are copied.
    interface Prepared {

        /// Writes the content, as far as the account's plan has room for it. May run again, as any work on the
        /// database.
        ///
        /// @param ids receives the new ids, and has those of the parts before
        Taken take(Tx tx, Actor actor, Account account, ImportedIds ids);

        /// Brings what is too large for one transaction with the rest, once the account exists. Not called for a
        /// preview.
        default Taken finish(AccountContext context) {
            return Taken.NOTHING;
        }

        /// Deletes the files that are not needed.
        ///
        /// @param committed whether the transaction of [#take] was committed
        default void close(boolean committed) {}
    }

    /// What an import brought.
    ///
    /// @param counts by what is counted, such as `links`
    /// @param notes full sentences about what is different now
    record Taken(Map<String, Long> counts, List<LeftOut> leftOut, List<String> notes) {

        public static final Taken NOTHING = new Taken(Map.of(), List.of(), List.of());
    }

    /// Stands for content that the archive doesn't have.
    Prepared NOTHING = (_, _, _, _) -> Taken.NOTHING;
}
