package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;

/// A contact has written to one of our numbers. Fired once per message, inside the transaction that stores it, so that
/// observers that keep conversations commit or roll back with it. Observers must be fast.
///
/// @param sender the number that received the message
/// @param pool the master of its pool; the sender itself if it is a master
/// @param name the contact's own display name
/// @param text empty if the message is only a file
/// @param mediaBytes the size of the file; 0 if there is none
public record MessageArriving(
        Tx tx,
        UUID id,
        AccountId tenant,
        SenderId sender,
        SenderId pool,
        ContactAddress from,
        String name,
        Optional<String> username,
        String text,
        Optional<Media> media,
        long mediaBytes,
        MessageContent content,
        Instant at) {}
