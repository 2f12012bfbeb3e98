package dev.banyan.platform.secrets;

import module java.base;
import dev.banyan.platform.db.Tx;

/// Secrets of one kind that were sealed before their seals held an origin. Implemented by the rooms that own the rows.
public interface SecretsBefore {

    /// Such a secret, with the address of its row now.
    ///
    /// @param purpose what it is sealed for from now on
    record Found(SentSecret kind, String sealed, String former, String purpose, String origin, Replacing replacing) {}

    /// Stores the new seal if the row still has the old one.
    interface Replacing {
        void with(Tx tx, String resealed);
    }

    /// Returns those that are left: rows whose seal begins with [#SEAL].
    List<Found> found(Tx tx);

    String SEAL = SealedSecrets.VERSION + ".";
}
