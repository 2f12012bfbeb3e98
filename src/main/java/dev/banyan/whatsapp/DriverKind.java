package dev.banyan.whatsapp;

import module java.base;

/// Which driver connects a sender (design 7, "Drivers").
public enum DriverKind {
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

    /// Returns the name used in tables and JSON: `simulator`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static DriverKind of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    /// Parses the name from a request.
    public static Optional<DriverKind> parse(String text) {
        return Arrays.stream(values()).filter(kind -> kind.key().equals(text)).findFirst();
    }
}
