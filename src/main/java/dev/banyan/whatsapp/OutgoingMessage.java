package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Uuids;

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

    /// How the keys of messages begin that programs have ordered.
    public static final String API_KEY = "api-";
    /// The same for tests, which reach no one.
    public static final String TEST_KEY = API_KEY + "test-";

    /// Where a message comes from that was not written in an inbox, as its key tells.
    public enum Origin implements Keyed {
        /// Written on the phone of the number, or in another app that is linked to it.
        PHONE("phone:"),
        /// Ordered by a program.
        API(API_KEY),
        /// Ordered by a campaign, or by a trial of one.
        CAMPAIGN("campaign:", "campaign-test:"),
        /// Written by a member of the account on a page of the pool, in the console, or to try a template.
        POOL("page-", "console-", "template-test:"),
        /// The answer to someone who opts out or in.
        AUTOMATIC("opt-out:");

        private final List<String> prefixes;

        Origin(String... prefixes) {
            this.prefixes = List.of(prefixes);
        }

        public static Optional<Origin> of(String key) {
            return Keyed.parse(Origin.class, key);
        }
    }

    /// Returns the key of a message that was written on the phone.
    ///
    /// @param provider WhatsApp's id of it
    public static String phoneKey(SenderId sender, String provider) {
        return Origin.PHONE.prefixes.getFirst() + Digests.sha256Hex(sender + "\n" + provider);
    }

    /// Returns where it comes from; empty if it was written in an inbox.
    public Optional<Origin> origin() {
        return Arrays.stream(Origin.values())
                .filter(one -> one.prefixes.stream().anyMatch(key::startsWith))
                .findFirst();
    }

    /// Returns the pool that it was ordered for. That one says whose it is, whichever stands in for it.
    public SenderId orderedFor() {
        return home.orElse(pool);
    }

    /// Returns whether it only seems to be sent, as a key in test mode has ordered it.
    public boolean isTest() {
        return isTest(key);
    }

    /// Returns whether the message with this key only seems to be sent.
    public static boolean isTest(String key) {
        return key.startsWith(TEST_KEY);
    }

    public boolean isTemplate() {
        return content.detail() instanceof MessageContent.Template;
    }

    public boolean isFromPhone() {
        return origin().equals(Optional.of(Origin.PHONE));
    }

    /// Returns the campaign that it belongs to.
    public Optional<UUID> campaign() {
        return origin().filter(one -> one == Origin.CAMPAIGN).flatMap(_ -> Uuids.parse(key.split(":", 3)[1]));
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
        return with(sender, isAgain ? schedule.withoutPast(now) : schedule, next, turn(next, now), why, now);
    }

    private static Optional<Waiting> turn(DeliveryState state, Instant due) {
        return Optional.of(new Waiting(WaitReason.TURN, due)).filter(_ -> state == DeliveryState.QUEUED);
    }

    public OutgoingMessage by(SenderId chosen) {
        return with(Optional.of(chosen), schedule, state, waiting, error, changedAt);
    }

    private OutgoingMessage with(
            Optional<SenderId> chosen,
            MessageSchedule times,
            DeliveryState next,
            Optional<Waiting> awaits,
            Optional<String> why,
            Instant now) {
        return new OutgoingMessage(
                id, tenant, pool, home, chosen, to, text, media, content, key, times, next, awaits, why, createdAt,
                now);
    }
}
