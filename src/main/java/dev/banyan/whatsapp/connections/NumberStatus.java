package dev.banyan.whatsapp.connections;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.history.SenderRating;

/// What a gateway says about a number. "Working" is a claim of the gateway, not a proof.
///
/// @param phone the linked phone, if the gateway knows it
/// @param device the name of the linked phone or business; may be empty
/// @param reason why it does not work, as a full sentence for people; may be empty
/// @param until when a restriction or a ban ends, if that is known
/// @param remarks what people should know although it works, such as a low quality rating; may be empty
/// @param rating what WhatsApp thinks of it, if it rates numbers of this kind
public record NumberStatus(
        State state,
        Optional<Phone> phone,
        String device,
        String reason,
        Optional<Instant> until,
        String remarks,
        Optional<SenderRating> rating) {

    /// A number that isn't rated.
    public NumberStatus(
            State state, Optional<Phone> phone, String device, String reason, Optional<Instant> until, String remarks) {
        this(state, phone, device, reason, until, remarks, Optional.empty());
    }

    public enum State implements Keyed {
        /// The gateway has no such session, or it is stopped. One that was linked before is started again.
        STOPPED,
        /// On its way, or reconnecting.
        STARTING,
        /// Shows QR codes.
        CODE,
        /// Waits for a passkey.
        PASSKEY,
        WORKING,
        /// Works, but WhatsApp lets it answer existing chats only.
        RESTRICTED,
        BANNED,
        /// The phone has removed the device, or nothing is left to reconnect with.
        UNLINKED,
        /// The codes are used up, or linking failed.
        GIVEN_UP,
        /// Something that only a person can mend; reconnecting makes it worse, as when two gateways share a session.
        BLOCKED;

        /// Returns its name for people, as the first word of a sentence.
        public String title() {
            return name().charAt(0)
                    + name().substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    public static NumberStatus of(State state) {
        return new NumberStatus(state, Optional.empty(), "", "", Optional.empty(), "");
    }

    public static NumberStatus of(State state, String reason) {
        return new NumberStatus(state, Optional.empty(), "", reason, Optional.empty(), "");
    }

    public static NumberStatus working(Phone phone, String device) {
        return new NumberStatus(State.WORKING, Optional.of(phone), device, "", Optional.empty(), "");
    }
}
