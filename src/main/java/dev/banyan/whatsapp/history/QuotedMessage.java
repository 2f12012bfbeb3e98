package dev.banyan.whatsapp.history;

import module java.base;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.MessageContent.Quoted;
import dev.banyan.whatsapp.SenderId;

/// A message that another one answers or reacts to.
///
/// @param pool the master of the pool that it was sent or received over
/// @param provider WhatsApp's id; empty for one of ours that was not sent yet
public record QuotedMessage(
        UUID id, SenderId pool, ContactAddress contact, Optional<String> provider, boolean isOurs, String text) {

    public Optional<Quoted> quoted() {
        return provider.map(known -> new Quoted(known, isOurs));
    }
}
