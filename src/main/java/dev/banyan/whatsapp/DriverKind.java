package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.whatsapp.DriverProfile.Way;

/// Which driver connects a sender (design 7, "Drivers").
public enum DriverKind implements Keyed {
    /// Simulates WhatsApp inside this server, and is labelled as a simulation.
    SIMULATOR(new DriverProfile(
            "Simulator",
            Way.SIMULATED,
            "",
            "Nothing leaves this server.",
            "Scan the code with the simulated phone.",
            false)),
    /// Meta's WhatsApp Business Platform: no code to scan, but a phone number id and a token.
    CLOUD(new DriverProfile(
            "WhatsApp Cloud API",
            Way.AT_WHATSAPP,
            "https://graph.facebook.com/v26.0",
            "From your app in Meta’s dashboard: a system user’s token, the app secret and the id of the WhatsApp"
                    + " Business Account.",
            "A Cloud API number is linked at Meta and needs no passkey. Check its connection instead.",
            false)),
    /// A WAHA server, whose numbers are linked by a QR code.
    WAHA(new DriverProfile(
            "WAHA",
            Way.LINKED,
            "http://localhost:3000",
            "The address of your WAHA server, and its WAHA_API_KEY.",
            "Only the GOWS engine of WAHA has a passkey step. Run WAHA with it, or try a pairing code.",
            true)),
    /// An Evolution API server, whose numbers are linked by a QR code.
    EVOLUTION(new DriverProfile(
            "Evolution API",
            Way.LINKED,
            "http://localhost:8080",
            "The address of your Evolution API server, and its AUTHENTICATION_API_KEY.",
            "Evolution API has no passkey step. Try a pairing code, or move the number to a WAHA connection with the"
                    + " GOWS engine.",
            false));

    private final DriverProfile profile;

    DriverKind(DriverProfile profile) {
        this.profile = profile;
    }

    public DriverProfile profile() {
        return profile;
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
