package dev.banyan.whatsapp.connections;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.SenderKey;

/// "Check connection": calls a gateway, and says what it is, what it has and what is missing. Implemented by the room
/// of drivers, which lies above.
public interface ConnectionCheck {

    Checked check(AccountId tenant, ConnectionId id);

    /// What a check comes to.
    sealed interface Checked {

        /// @param missing as full sentences; empty if all is well
        /// @param hook where its webhooks must go
        /// @param hookRegistered whether nobody has to enter that address
        record Done(
                Optional<String> version,
                Optional<String> engine,
                List<Found> numbers,
                List<String> missing,
                URI hook,
                boolean hookRegistered)
                implements Checked {}

        /// @param sentence what is wrong, for people
        record Failed(String sentence, URI hook) implements Checked {}

        /// The credentials can't be opened on this server.
        record NoCredentials() implements Checked {}

        record NotFound() implements Checked {}
    }

    /// A number at a gateway.
    ///
    /// @param sender the number of Banyan, if it knows it
    record Found(RemoteNumber number, Optional<SenderKey> sender) {}
}
