package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.AccountId;

/// A message received from a contact.
///
/// @param pool the master of the pool that the number belonged to at that time; the number itself if it was a master
/// @param provider WhatsApp's id of the message
/// @param name the contact's own display name; may be empty
/// @param username what the contact is called on WhatsApp without a number, as far as it tells: `amal.k`
/// @param editedAt when the contact has changed its text
/// @param group the group that it was written in; empty: to us alone
/// @param deletedAt when the contact has deleted it; it stays, as it does on phones that have read it
public record IncomingMessage(
        UUID id,
        AccountId tenant,
        SenderId sender,
        SenderId pool,
        String provider,
        ContactAddress from,
        String name,
        Optional<String> username,
        String text,
        Optional<Media> media,
        MessageContent content,
        Instant at,
        Optional<Instant> editedAt,
        Optional<Instant> deletedAt,
        Optional<String> group) {

    /// Returns where programs get the file of a message.
    public static String filePath(UUID id) {
        return "/api/whatsapp/inbound/" + id + "/file";
    }
}
