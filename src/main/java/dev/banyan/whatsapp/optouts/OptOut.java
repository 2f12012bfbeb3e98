package dev.banyan.whatsapp.optouts;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.SenderId;

/// A contact who gets no campaigns of an account.
///
/// @param sender the number that got the word
/// @param word as the contact wrote it
/// @param note why, for people
public record OptOut(
        ContactAddress contact,
        Cause cause,
        Optional<SenderId> sender,
        Optional<String> word,
        String note,
        Instant at) {

    /// How the keys of messages begin that a contact can opt out of.
    public static final String KEYS = "campaign:";

    /// The sentence for people on what was not sent because of it.
    public static final String SENTENCE = "The contact has opted out.";

    /// Who has said it.
    public enum Cause implements Keyed {
        /// The contact, with one of the account's words.
        WORD,
        /// Someone who works for the account.
        PERSON,
        /// WhatsApp: the contact has turned off the account's marketing messages there.
        WHATSAPP
    }
}
