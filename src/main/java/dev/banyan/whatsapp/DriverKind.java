package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.whatsapp.DriverKind.Profile.Way;

/// Which driver connects a sender (design 7, "Drivers").
public enum DriverKind implements Keyed {
    /// Simulates WhatsApp inside this server, and is labelled as a simulation.
    SIMULATOR(new Profile(
            "Simulator",
            Way.SIMULATED,
            "",
            "Nothing leaves this server.",
            "Scan the code with the simulated phone.",
            false)),
    /// Meta's WhatsApp Business Platform: no code to scan, but a phone number id and a token.
    CLOUD(new Profile(
            "WhatsApp Cloud API",
            Way.AT_WHATSAPP,
            "https://graph.facebook.com/v26.0",
            "From your app in Meta’s dashboard: a system user’s token, the app secret and the id of the WhatsApp"
                    + " Business Account.",
            "A Cloud API number is linked at Meta and needs no passkey. Check its connection instead.",
            false)),
    /// A WAHA server, whose numbers are linked by a QR code.
    WAHA(new Profile(
            "WAHA",
            Way.LINKED,
            "http://localhost:3000",
            "The address of your WAHA server, and its WAHA_API_KEY.",
            "Only the GOWS engine of WAHA has a passkey step. Run WAHA with it, or try a pairing code.",
            true)),
    /// An Evolution API server, whose numbers are linked by a QR code.
    EVOLUTION(new Profile(
            "Evolution API",
            Way.LINKED,
            "http://localhost:8080",
            "The address of your Evolution API server, and its AUTHENTICATION_API_KEY.",
            "Evolution API has no passkey step. Try a pairing code, or move the number to a WAHA connection with the"
                    + " GOWS engine.",
            false));

    /// What people and other rooms must know of a driver. A new driver is a row above, and a room of its
    /// own below `drivers`.
    ///
    /// @param title for people: `Evolution API`
    /// @param way how a number comes there
    /// @param example an address of its gateway; empty if it has none
    /// @param help where to find the address and the credentials, as a sentence
    /// @param insteadOfPasskey what to do when its gateway can’t pass on a passkey, as full sentences
    /// @param passesPasskeys whether some of its gateways can pass on a passkey; the check of a connection tells
    public record Profile(
            String title, Way way, String example, String help, String insteadOfPasskey, boolean passesPasskeys) {

        /// How a number comes to its gateway, and so which credentials open that.
        public enum Way {
            /// It is made up here, and reaches no one.
            SIMULATED,
            /// It is made there, and a phone links it with a code: a gateway of the account’s own, with an API key.
            LINKED,
            /// It exists at WhatsApp’s Business Platform already, which approves templates and closes the conversation
            /// 24 hours after the customer’s last message.
            AT_WHATSAPP
        }
    }

    public final Profile profile;

    DriverKind(Profile profile) {
        this.profile = profile;
    }

    /// Returns the name for people: `Evolution API`.
    public String title() {
        return profile.title();
    }

    /// Returns whether its numbers reach people.
    public boolean isReal() {
        return profile.way() != Way.SIMULATED;
    }

    /// Returns whether a phone links its numbers with a code, at a gateway of the account’s own.
    public boolean isLinkedByCode() {
        return profile.way() == Way.LINKED;
    }

    /// Returns whether its numbers are at WhatsApp’s Business Platform, with its templates and its 24 hours.
    public boolean isBusinessPlatform() {
        return profile.way() == Way.AT_WHATSAPP;
    }

    /// Returns what a request can name, as a part of a sentence: `cloud, waha, evolution or simulator`.
    public static String choices() {
        return Arrays.stream(values())
                .filter(DriverKind::isReal)
                .map(DriverKind::key)
                .collect(Collectors.joining(", ", "", " or " + SIMULATOR.key()));
    }

    /// Parses the name from a request.
    public static Optional<DriverKind> parse(String text) {
        return Keyed.parse(DriverKind.class, text);
    }
}
