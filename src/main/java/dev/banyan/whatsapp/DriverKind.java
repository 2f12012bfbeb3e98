package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.Keyed;

/// Which driver connects a sender (design 7, "Drivers").
public enum DriverKind implements Keyed {
    /// Simulates WhatsApp inside this server, and is labelled as a simulation.
    SIMULATOR("Simulator"),
    /// Meta's WhatsApp Business Platform: no code to scan, but a phone number id and a token.
    CLOUD("WhatsApp Cloud API"),
    /// A WAHA server, whose numbers are linked by a QR code.
    WAHA("WAHA"),
    /// An Evolution API server, whose numbers are linked by a QR code.
    EVOLUTION("Evolution API");

    private final String title;

    DriverKind(String title) {
        this.title = title;
    }

    /// Returns the name for people: `Evolution API`.
    public String title() {
        return title;
    }

    /// Returns whether its numbers reach people.
    public boolean isReal() {
        return this != SIMULATOR;
    }

    /// Parses the name from a request.
    public static Optional<DriverKind> parse(String text) {
        return Keyed.parse(DriverKind.class, text);
    }
}
