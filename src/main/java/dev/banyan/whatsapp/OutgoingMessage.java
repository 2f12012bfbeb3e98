package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Keyed;

/// A message to a contact.
///
/// @param pool the master of the pool that sends it
/// @param home the pool it was ordered for, while another one stands in for that
/// @param sender the number that sends it, once one is chosen
/// @param key the idempotency key of the caller
/// @param error what is wrong, as a full sentence for people
/// @param waiting what it waits for; empty once it is handed over
public record OutgoingMessage(
        UUID id,
        AccountId tenant,
        SenderId pool,
        Optional<SenderId> home,
        Optional<SenderId> sender,
        ContactAddress to,
        String text,
        Optional<Media> media,
        MessageContent content,
        String key,
        MessageSchedule schedule,
        DeliveryState state,
        Optional<Waiting> waiting,
        Optional<String> error,
        Instant createdAt,
        Instant changedAt) {

    /// Where a message was written if it was not ordered here.
    public enum Origin implements Keyed {
        /// On the phone of the number, or in another app that is linked to it.
        PHONE;

        public static Optional<Origin> of(String key) {
            return Keyed.parse(Origin.class, key);
        }
    }

    private static final String OF_PHONE = "phone:";

    /// Returns the key of a message that was written on the phone.
    ///
    /// @param provider WhatsApp's id of it
    public static String phoneKey(SenderId sender, String provider) {
        return OF_PHONE + Digests.sha256Hex(sender + "\n" + provider);
    }

    public Optional<Origin> origin() {
        return key.startsWith(OF_PHONE) ? Optional.of(Origin.PHONE) : Optional.empty();
    }

    /// Why a driver says that it was refused, as far as programs tell refusals apart.
    ///
    /// @param kind WhatsApp's code, or a word where there is none; at most 30 characters
    /// @param isOfContact whether it is a matter of this contact, so that it says nothing of messages to others
    public record Refusal(String kind, boolean isOfContact) {

        /// WhatsApp limits how much marketing each person gets from all businesses together.
        private static final String MARKETING_LIMIT = "131049";

        private static final String OF_CONTACT = "contact:";

        static Refusal of(String column) {
            return column.startsWith(OF_CONTACT)
                    ? new Refusal(column.substring(OF_CONTACT.length()), true)
                    : new Refusal(column, false);
        }

        String column() {
            return isOfContact ? OF_CONTACT + kind : kind;
        }

        /// Returns whether the contact has had enough marketing for now, and may get more a day later.
        public boolean isForToday() {
            return kind.equals(MARKETING_LIMIT);
        }
    }

    /// @param retryAt when it is checked again at the latest
    public record Waiting(WaitReason reason, Instant retryAt) {}

    /// A message of its own pool that is to be sent at once.
    public OutgoingMessage(
            UUID id,
            AccountId tenant,
            SenderId pool,
            Optional<SenderId> sender,
            ContactAddress to,
            String text,
            Optional<Media> media,
            String key,
            DeliveryState state,
            Optional<String> error,
            Instant createdAt,
            Instant changedAt) {
        this(
                id,
                tenant,
                pool,
                Optional.empty(),
                sender,
                to,
                text,
                media,
                MessageContent.PLAIN,
                key,
                MessageSchedule.NONE,
                state,
                turn(state, createdAt),
                error,
                createdAt,
                changedAt);
    }

    /// Returns it in another state. One that is queued again after it ended no longer expires by a time
    /// that has passed.
    public OutgoingMessage became(DeliveryState next, Optional<String> why, Instant now) {
        boolean isAgain =
                next == DeliveryState.QUEUED && (state == DeliveryState.FAILED || state == DeliveryState.UNCERTAIN);
        return new OutgoingMessage(
                id,
                tenant,
                pool,
                home,
                sender,
                to,
                text,
                media,
                content,
                key,
                isAgain ? schedule.withoutPast(now) : schedule,
                next,
                turn(next, now),
                why,
                createdAt,
                now);
    }

    private static Optional<Waiting> turn(DeliveryState state, Instant due) {
        return Optional.of(new Waiting(WaitReason.TURN, due)).filter(_ -> state == DeliveryState.QUEUED);
    }

    public OutgoingMessage by(SenderId chosen) {
        return new OutgoingMessage(
                id,
                tenant,
                pool,
                home,
                Optional.of(chosen),
                to,
                text,
                media,
                content,
                key,
                schedule,
                state,
                waiting,
                error,
                createdAt,
                changedAt);
    }
}
