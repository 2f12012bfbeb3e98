package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.whatsapp.OutgoingMessage.Refusal;

/// An event reported by a driver.
public sealed interface DriverEvent {

    SenderKey sender();

    /// A QR code to show.
    ///
    /// @param text content of the code, `2@…`
    /// @param number counted from 1 within one linking
    /// @param of total number of codes before the linking is given up
    record Code(SenderKey sender, String text, int number, int of, Instant shownAt, Instant expiresAt)
            implements DriverEvent {}

    /// The phone requires a passkey before it accepts the device.
    record PasskeyRequired(SenderKey sender) implements DriverEvent {}

    /// None of the codes was scanned.
    record TimedOut(SenderKey sender) implements DriverEvent {}

    /// Linking has failed for another reason, such as a gateway that does not answer.
    ///
    /// @param reason a full sentence for people
    record LinkFailed(SenderKey sender, String reason) implements DriverEvent {}

    /// A phone has accepted the device.
    record Linked(SenderKey sender, Phone phone, String deviceName) implements DriverEvent {}

    /// A sender that was linked before is connected again.
    record Connected(SenderKey sender) implements DriverEvent {}

    /// The connection was lost; the driver is trying to reconnect.
    record Disconnected(SenderKey sender, String reason) implements DriverEvent {}

    /// WhatsApp allows the number to answer existing chats only.
    record Restricted(SenderKey sender, String reason) implements DriverEvent {}

    /// WhatsApp allows the number to start new chats again. Has no meaning for a number that was never restricted.
    record Unrestricted(SenderKey sender) implements DriverEvent {}

    record Banned(SenderKey sender, String reason) implements DriverEvent {}

    /// The phone has removed the device.
    record Unlinked(SenderKey sender, String reason) implements DriverEvent {}

    /// Events about messages; all others are about the sender itself.
    sealed interface OfMessage extends DriverEvent {}

    /// WhatsApp has accepted a message that was handed over.
    ///
    /// @param provider WhatsApp's id of the message, used in all later events; at most 128 characters
    record Sent(SenderKey sender, UUID message, String provider) implements OfMessage {}

    /// The message was not sent.
    ///
    /// @param reason a full sentence for people
    /// @param again whether a retry makes sense
    /// @param ours whether the cause is on our side, so that it says nothing about the number
    /// @param refusal what the gateway or WhatsApp refused it for; empty if neither did
    record NotSent(
            SenderKey sender, UUID message, String reason, boolean again, boolean ours, Optional<Refusal> refusal)
            implements OfMessage {

        public NotSent(SenderKey sender, UUID message, String reason, boolean again) {
            this(sender, message, reason, again, false);
        }

        public NotSent(SenderKey sender, UUID message, String reason, boolean again, boolean ours) {
            this(sender, message, reason, again, ours, Optional.empty());
        }
    }

    /// It is unknown whether the message was sent.
    ///
    /// @param reason a full sentence for people
    record Unclear(SenderKey sender, UUID message, String reason) implements OfMessage {}

    /// WhatsApp accepted a message first, and could not deliver it after all.
    ///
    /// @param reason a full sentence for people
    /// @param again whether a retry makes sense
    record Undeliverable(SenderKey sender, String provider, String reason, boolean again, Optional<Refusal> refusal)
            implements OfMessage {}

    /// WhatsApp says what it charges a message as.
    ///
    /// @param category such as `service` or `marketing`
    record Priced(SenderKey sender, String provider, String category, boolean isBillable) implements OfMessage {}

    /// The message was delivered to the contact's phone.
    record Delivered(SenderKey sender, String provider) implements OfMessage {}

    /// The contact has read the message.
    record Read(SenderKey sender, String provider) implements OfMessage {}

    /// Events in the conversation with a contact; those of one contact stay in order.
    sealed interface OfContact extends OfMessage {

        ContactAddress from();
    }

    /// A contact has written. The same event may be reported twice.
    ///
    /// @param provider WhatsApp's id of the message
    /// @param name the contact's own display name; may be empty
    /// @param text may be empty if there is a file
    /// @param group the group that it was written in, as WhatsApp calls it; at most 120 characters
    /// @param at when it was written, which may be long ago
    record Received(
            SenderKey sender,
            String provider,
            ContactAddress from,
            String name,
            Optional<String> username,
            String text,
            Optional<Media> media,
            MessageContent content,
            Optional<String> group,
            Instant at)
            implements OfContact {}

    /// Someone has written to a contact on the phone of the number. The same event may be reported twice.
    ///
    /// @param provider WhatsApp's id of the message, which is none of ours
    /// @param from the contact that it went to
    /// @param name the contact's own; empty where the gateway doesn't tell it
    /// @param text may be empty if there is a file
    /// @param at when it was written, which may be long ago
    record Echoed(
            SenderKey sender,
            String provider,
            ContactAddress from,
            String name,
            String text,
            Optional<Media> media,
            MessageContent content,
            Instant at)
            implements OfContact {}

    /// The text of a message was changed, by its contact or on the phone of the number.
    record Edited(SenderKey sender, String provider, ContactAddress from, String text, Instant at)
            implements OfContact {}

    /// A message was deleted, likewise.
    record Deleted(SenderKey sender, String provider, ContactAddress from, Instant at) implements OfContact {}

    /// A contact has reacted to a message of either side.
    ///
    /// @param provider WhatsApp's id of that message
    /// @param emoji empty: the reaction was withdrawn
    record Reacted(SenderKey sender, String provider, ContactAddress from, String emoji, Instant at)
            implements OfContact {}

    /// A message of a contact was read on the phone of the number, and so were those before it.
    record Seen(SenderKey sender, String provider, ContactAddress from) implements OfContact {}

    /// A contact types, or has stopped. Not stored anywhere.
    record Typing(SenderKey sender, ContactAddress from, boolean isTyping) implements OfContact {}
}
