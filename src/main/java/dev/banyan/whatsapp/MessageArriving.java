package dev.banyan.whatsapp;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A contact has written to one of our numbers. Fired once per message, inside the transaction that writes it down, so
/// that who keeps conversations keeps this one or nobody does. Observers do nothing slow.
///
/// @param sender the number that was written to
/// @param pool the master of its pool; the sender itself where it is a master
/// @param name as the contact calls itself
/// @param text empty where the message is a file alone
public record MessageArriving(
        Tx tx,
        UUID id,
        AccountId tenant,
        SenderId sender,
        SenderId pool,
        Phone from,
        String name,
        String text,
        Optional<Media> media,
        Instant at) {}
