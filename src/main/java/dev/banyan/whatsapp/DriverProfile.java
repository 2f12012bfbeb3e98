package dev.banyan.whatsapp;

/// What people and other rooms must know of a driver. A new driver is a row of [DriverKind] and a room of its own below
/// `drivers`.
///
/// @param title for people: `Evolution API`
/// @param way how a number comes there
/// @param example an address of its gateway; empty if it has none
/// @param help where to find the address and the credentials, as a sentence
/// @param insteadOfPasskey what to do when its gateway can’t pass on a passkey, as full sentences
/// @param passesPasskeys whether some of its gateways can pass on a passkey; a check of the connection tells which
public record DriverProfile(
        String title, Way way, String example, String help, String insteadOfPasskey, boolean passesPasskeys) {

    /// How a number comes to its gateway, and so which credentials open that.
    public enum Way {
        /// It is made up here, and reaches no one.
        SIMULATED,
        /// It is made there, and a phone links it with a code: a gateway of the account’s own, which has an API key.
        LINKED,
        /// It exists at WhatsApp’s Business Platform already, which approves templates and closes the conversation 24
        /// hours after the customer’s last message.
        AT_WHATSAPP
    }
}
