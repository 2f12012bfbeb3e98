package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.whatsapp.OutgoingMessage;

/// The result of handing a message to a gateway.
public sealed interface SendResult {

    /// @param provider WhatsApp's id of the message, as webhooks name it later
    /// @param chat how the gateway calls the contact, if it answers that
    /// @param held why WhatsApp has taken it without delivering it yet, as a full sentence
    record Sent(String provider, Optional<String> chat, Optional<String> held) implements SendResult {

        public Sent(String provider) {
            this(provider, Optional.empty(), Optional.empty());
        }
    }

    /// It was certainly not sent.
    ///
    /// @param reason a full sentence for people
    /// @param until when to try again, or when a restriction ends, if that is known
    /// @param code WhatsApp's own code for it, if it gave one
    record NotSent(Why why, String reason, Optional<Instant> until, Optional<String> code) implements SendResult {

        private static final Pattern CODE = Pattern.compile("[0-9A-Za-z_-]{1,30}");

        public NotSent(Why why, String reason, Optional<Instant> until) {
            this(why, reason, until, Optional.empty());
        }

        /// Returns what it was refused for; codes are bounded, since they come from outside.
        OutgoingMessage.Refusal refusal() {
            String kind = code.filter(text -> CODE.matcher(text).matches()).orElseGet(why::key);
            return new OutgoingMessage.Refusal(kind, why.isOfContact());
        }
    }

    /// It may have been sent.
    ///
    /// @param reason a full sentence for people
    record Unknown(String reason) implements SendResult {}

    enum Why implements Keyed {
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

        /// Returns whether it is a matter of this contact, so that it says nothing of messages to others.
        public boolean isOfContact() {
            return switch (this) {
                case PAIR_LIMIT, CONTACT, OPTED_OUT, WINDOW_CLOSED -> true;
                case LATER, RESTRICTED, BANNED, DISCONNECTED, CREDENTIALS, TEMPLATE, MESSAGE -> false;
            };
        }

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
