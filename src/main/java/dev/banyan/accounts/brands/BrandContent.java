package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Tx;

/// Content of a brand that a new brand can begin with. Every package that keeps such content implements this, so that
/// no package reads another package's tables.
public interface BrandContent {

    /// Identifies the content in saved templates; never changes.
    String key();

    /// Takes a snapshot of an account's content. Snapshots are kept, so later versions read what earlier ones wrote.
    String snapshot(Tx tx, Owner owner, Set<BrandPart> parts);

    /// Returns the snapshot of a brand with one blank page; empty if that has nothing of this content.
    String blank();

    /// Copies the files that a snapshot names. Called outside of any transaction.
    ///
    /// @param from the account that has the files
    /// @param to the account that gets them, which need not exist yet
    /// @param picture a profile picture for it
    Preparation prepare(Owner from, Owner to, String snapshot, Optional<byte[]> picture);

    /// The result of a preparation.
    sealed interface Preparation {

        /// Its [Prepared#close] has to be called.
        record Ready(Prepared content) implements Preparation {}

        /// @param why a full sentence for people
        record PictureRefused(String why) implements Preparation {}
    }

    /// A snapshot whose files are copied.
    interface Prepared {

        /// Writes the content, as far as the account's plan has room for it. May run again, as any work on the
        /// database.
        Given give(Tx tx, Actor actor, BrandNames names);

        /// Keeps the files for a template instead.
        Kept keep(Tx tx);

        /// Deletes the files that are not needed.
        ///
        /// @param committed whether the transaction of [#give] or [#keep] was committed
        default void close(boolean committed) {}
    }

    /// @param opens the path of the page where work on the content continues, without its query
    record Given(Optional<String> opens, List<LeftOut> leftOut) {}

    /// @param snapshot names the kept files
    record Kept(String snapshot, List<LeftOut> leftOut) {}
}
