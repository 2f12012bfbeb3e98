package dev.banyan.whatsapp;

import dev.banyan.platform.AccountId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A message of a contact, as it came in.
///
/// @param pool the master of the pool that the number belonged to then; the number itself where it was one
/// @param provider WhatsApp's own id of it
/// @param name as the contact calls itself; may be empty
public record IncomingMessage(
        UUID id,
        AccountId tenant,
        SenderId sender,
        SenderId pool,
        String provider,
        Phone from,
        String name,
        String text,
        Optional<Media> media,
        Instant at) {}
