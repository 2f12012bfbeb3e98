package dev.banyan.whatsapp;

import java.time.Instant;

/// What a driver tells.
sealed interface DriverEvent {

    SenderKey sender();

    /// A QR code is to be shown.
    ///
    /// @param text what the code says, `2@…`
    /// @param number counted from 1 within one linking
    /// @param of how many there will be before the linking is given up
    record Code(SenderKey sender, String text, int number, int of, Instant shownAt, Instant expiresAt)
            implements DriverEvent {}

    /// The phone wants a passkey before it lets the device in.
    record PasskeyRequired(SenderKey sender) implements DriverEvent {}

    /// Nobody has scanned any of the codes.
    record TimedOut(SenderKey sender) implements DriverEvent {}

    /// A phone has let the device in.
    record Linked(SenderKey sender, Phone phone, String deviceName) implements DriverEvent {}

    /// A sender that was linked before is connected again.
    record Connected(SenderKey sender) implements DriverEvent {}

    /// The connection is gone; the driver tries to come back.
    record Disconnected(SenderKey sender, String reason) implements DriverEvent {}

    /// WhatsApp lets it answer old chats only.
    record Restricted(SenderKey sender, String reason) implements DriverEvent {}

    record Banned(SenderKey sender, String reason) implements DriverEvent {}

    /// The phone has removed the device.
    record Unlinked(SenderKey sender, String reason) implements DriverEvent {}
}
