package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.optouts.OptOut;

/// One message to many contacts.
///
/// @param pool the master whose pool sends it, which may have been removed
/// @param note why it is paused, or what it waits for, as a full sentence
/// @param startAt when it starts by itself; empty: when a person starts it
/// @param perMinute how many messages have lately left in a minute
public record Campaign(
        UUID id,
        AccountId tenant,
        String name,
        SenderId pool,
        CampaignMessage message,
        CampaignState state,
        Optional<String> note,
        Optional<Instant> startAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<Integer> perMinute,
        Instant createdAt,
        Instant updatedAt) {

    /// Returns the key of a recipient's message in the outbox: it is ordered once, whatever happens, and once more each
    /// time that it came back.
    String key(Recipient one) {
        int times = one.returned().times();
        return OptOut.KEYS + id + ":" + one.position() + (times == 0 ? "" : ":" + times);
    }
}
