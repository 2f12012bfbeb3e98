package dev.banyan.whatsapp;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What a driver tells.
public sealed interface DriverEvent {

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

    /// WhatsApp lets it begin new chats again. Says nothing about one that was never restricted.
    record Unrestricted(SenderKey sender) implements DriverEvent {}

    record Banned(SenderKey sender, String reason) implements DriverEvent {}

    /// The phone has removed the device.
    record Unlinked(SenderKey sender, String reason) implements DriverEvent {}

    /// What a driver tells of messages; all else is about the sender itself.
    sealed interface OfMessage extends DriverEvent {}

    /// WhatsApp has a message that was handed over.
    ///
    /// @param provider WhatsApp's own id of it, by which it is named from now on; at most 128 characters
    record Sent(SenderKey sender, UUID message, String provider) implements OfMessage {}

    /// It was not sent.
    ///
    /// @param reason a whole sentence for people
    /// @param again whether it makes sense to try once more
    record NotSent(SenderKey sender, UUID message, String reason, boolean again) implements OfMessage {}

    /// The contact's phone has it.
    record Delivered(SenderKey sender, String provider) implements OfMessage {}

    /// The contact has seen it.
    record Read(SenderKey sender, String provider) implements OfMessage {}

    /// A contact has written. The same may be told twice.
    ///
    /// @param provider WhatsApp's own id of it
    /// @param name as the contact calls itself; may be empty
    /// @param text may be empty where there is a file
    record Received(
            SenderKey sender, String provider, Phone from, String name, String text, Optional<Media> media, Instant at)
            implements OfMessage {}
}
