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
        Instant changedAt) {

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
        return new Recipient(position, contact, typed, name, fields, next, why, isFirst, message, sender, now);
    }

    Recipient ordered(UUID id, Optional<SenderId> number, Instant now) {
        return new Recipient(
                position,
                contact,
                typed,
                name,
                fields,
                RecipientState.WAITING,
                Optional.empty(),
                isFirst,
                Optional.of(id),
                number,
                now);
    }

    Recipient by(Optional<SenderId> number) {
        return new Recipient(
                position, contact, typed, name, fields, state, reason, isFirst, message, number, changedAt);
    }
}
