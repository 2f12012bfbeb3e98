package dev.banyan.whatsapp;

import dev.banyan.platform.AccountId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A message to a contact.
///
/// @param pool the master of the pool that sends it
/// @param sender the number that sends it, once one is chosen
/// @param key the idempotency key of the caller
/// @param error what is wrong, as a full sentence for people
public record OutgoingMessage(
        UUID id,
        AccountId tenant,
        SenderId pool,
        Optional<SenderId> sender,
        Phone to,
        String text,
        Optional<Media> media,
        String key,
        DeliveryState state,
        Optional<String> error,
        Instant createdAt,
        Instant changedAt) {

    public OutgoingMessage became(DeliveryState next, Optional<String> why, Instant now) {
        return new OutgoingMessage(id, tenant, pool, sender, to, text, media, key, next, why, createdAt, now);
    }

    public OutgoingMessage by(SenderId chosen) {
        return new OutgoingMessage(
                id, tenant, pool, Optional.of(chosen), to, text, media, key, state, error, createdAt, changedAt);
    }
}
