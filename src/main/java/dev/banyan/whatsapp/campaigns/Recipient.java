package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;

/// A line of the list of a campaign.
///
/// @param position counted from 1, in the order of the list
/// @param contact empty if what was typed is no number
/// @param fields by their names in lower case, without phone and name
/// @param reason why it gets no message, as a full sentence
/// @param isFirst whether the contact has never written to a number of the pool
public record Recipient(
        long position,
        Optional<ContactAddress> contact,
        String typed,
        String name,
        Map<String, String> fields,
        RecipientState state,
        Optional<String> reason,
        boolean isFirst,
        Optional<UUID> message,
        Optional<SenderId> sender,
        Instant changedAt,
        Returned returned) {

    /// How its messages came back to the list.
    ///
    /// @param times how often, so that each has its own key
    /// @param retryAt when the contact, who had had enough marketing, is written to again; kept, as it is done once
    record Returned(int times, Optional<Instant> retryAt) {

        static final Returned NEVER = new Returned(0, Optional.empty());

        private Returned again(Optional<Instant> retry) {
            return new Returned(times + 1, retry.or(() -> retryAt));
        }
    }

    public Recipient {
        fields = Map.copyOf(fields);
    }

    /// Returns everything that a text may refer to.
    Map<String, String> values() {
        var all = new HashMap<>(fields);
        all.put("name", name);
        all.put(
                "phone",
                contact.map(known -> known.phone().map(Phone::e164).orElse("")).orElse(typed));
        return all;
    }

    Recipient became(RecipientState next, Optional<String> why, Instant now) {
        return with(next, why, message, sender, now, returned);
    }

    /// Its message comes back to the list. It stays known until there is another one, since a person may send it again.
    ///
    /// @param retry when it is to be ordered again; empty: as soon as possible
    Recipient comesBack(Optional<Instant> retry, Optional<String> why, Instant now) {
        return with(RecipientState.PENDING, why, message, sender, now, returned.again(retry));
    }

    Recipient ordered(UUID id, Optional<SenderId> number, Instant now) {
        return with(RecipientState.WAITING, Optional.empty(), Optional.of(id), number.or(() -> sender), now, returned);
    }

    Recipient by(Optional<SenderId> number) {
        return with(state, reason, message, number, changedAt, returned);
    }

    private Recipient with(
            RecipientState next,
            Optional<String> why,
            Optional<UUID> order,
            Optional<SenderId> number,
            Instant now,
            Returned comeBack) {
        return new Recipient(position, contact, typed, name, fields, next, why, isFirst, order, number, now, comeBack);
    }
}
