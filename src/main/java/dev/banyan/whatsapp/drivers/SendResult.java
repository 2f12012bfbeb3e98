package dev.banyan.whatsapp.drivers;

import module java.base;

/// The result of handing a message to a gateway.
public sealed interface SendResult {

    /// @param provider WhatsApp's id of the message, as webhooks name it later
    /// @param chat how the gateway calls the contact, if it answers that
    record Sent(String provider, Optional<String> chat) implements SendResult {

        public Sent(String provider) {
            this(provider, Optional.empty());
        }
    }

    /// It was certainly not sent.
    ///
    /// @param reason a full sentence for people
    /// @param until when to try again, or when a restriction ends, if that is known
    record NotSent(Why why, String reason, Optional<Instant> until) implements SendResult {}

    /// It may have been sent.
    ///
    /// @param reason a full sentence for people
    record Unknown(String reason) implements SendResult {}

    enum Why {
        /// The gateway or WhatsApp can't right now, or too much was sent.
        LATER,
        /// Too many messages to this contact; others can be reached.
        PAIR_LIMIT,
        /// WhatsApp lets the number answer existing chats only, or has limited it.
        RESTRICTED,
        /// The number or the business is banned.
        BANNED,
        /// The number is not connected, or is not known to the gateway.
        DISCONNECTED,
        /// The key or the token is wrong or expired: nothing works until someone enters another.
        CREDENTIALS,
        /// The contact is not on WhatsApp, or has blocked us, or may not be reached.
        CONTACT,
        /// The contact does not want such messages any more.
        OPTED_OUT,
        /// More than 24 hours have passed since the contact's last message: only a template can be sent.
        WINDOW_CLOSED,
        /// The template is missing, paused, or was filled in wrongly.
        TEMPLATE,
        /// WhatsApp or the gateway refuses this message; trying again changes nothing.
        MESSAGE;

        /// Returns whether another attempt makes sense.
        public boolean isTemporary() {
            return switch (this) {
                case LATER, PAIR_LIMIT, RESTRICTED, BANNED, DISCONNECTED, CREDENTIALS -> true;
                case CONTACT, OPTED_OUT, WINDOW_CLOSED, TEMPLATE, MESSAGE -> false;
            };
        }
    }

    static SendResult notSent(Why why, String reason) {
        return new NotSent(why, reason, Optional.empty());
    }
}
