package dev.banyan.accounts.moves;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.TenantRows;
import dev.banyan.platform.db.Tx;

/// What a package has to do when a sub-account gets another tenant, beyond its rows. Implemented by packages above.
public interface MovePart {

    /// Returns why the sub-account can't move there, in whole sentences.
    default List<String> obstacles(Tx tx, Owner from, AccountId to) {
        return List.of();
    }

    /// Lets go of what runs for these numbers, before the transaction. They may stay after all: [#settled] always
    /// follows.
    default void letGo(AccountId from, List<String> numbers) {}

    /// Returns what of the former side ends with the move, in whole sentences.
    default List<String> ends(Tx tx, Owner from, AccountId to) {
        return List.of();
    }

    /// Returns what goes on and deserves a look by its new owners, in whole sentences.
    default List<String> review(Tx tx, Owner from, TenantRows.Numbers numbers) {
        return List.of();
    }

    /// The rows have moved, in this transaction.
    ///
    /// @param keeps what the receiver has decided to keep
    default void moved(Tx tx, Owner from, Owner to, TenantRows.Numbers numbers, Keeps keeps) {}

    /// Takes up what runs for these numbers, after the transaction.
    ///
    /// @param tenant who has them now: the new tenant, or the former one if nothing came of it
    default void settled(AccountId from, AccountId tenant, List<String> numbers) {}
}
