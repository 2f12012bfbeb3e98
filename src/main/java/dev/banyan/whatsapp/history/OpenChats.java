package dev.banyan.whatsapp.history;

import module java.base;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.OutboxStore.Pair;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;

/// Which numbers may take over a contact from the number that they talked to. WhatsApp's Business Platform accepts
/// every message, and soon refuses it for good if it isn't a template and the contact hasn't written to this very
/// number in the last 24 hours.
///
/// @param closing the numbers of the pool that are on the Business Platform
/// @param hasOther whether the pool has numbers elsewhere, too
/// @param open the chats in which those may send anything
public record OpenChats(Set<SenderId> closing, boolean hasOther, Set<Pair> open) {

    private static final Duration LASTS = Duration.ofHours(24);

    public static final OpenChats NONE = new OpenChats(Set.of(), true, Set.of());

    public static OpenChats read(
            Tx tx, SenderKey pool, Collection<Sender> numbers, List<OutgoingMessage> messages, Instant now) {
        Set<SenderId> closing = numbers.stream()
                .filter(number -> number.driver().isBusinessPlatform())
                .map(Sender::id)
                .collect(Collectors.toSet());
        List<ContactAddress> contacts = messages.stream()
                .filter(message -> !message.isTemplate())
                .map(OutgoingMessage::to)
                .distinct()
                .toList();
        return closing.isEmpty() || contacts.isEmpty()
                ? NONE
                : new OpenChats(
                        closing,
                        closing.size() < numbers.size(),
                        new IncomingStore(tx).writtenSince(pool.tenant(), closing, contacts, now.minus(LASTS)));
    }

    /// Returns whether a number may send a message. If nothing else can ever send it, WhatsApp's refusal tells at once
    /// that it needs a template.
    public boolean takes(SenderId number, OutgoingMessage message) {
        return message.isTemplate()
                || !closing.contains(number)
                || open.contains(new Pair(number, message.to()))
                || isHopeless(message);
    }

    private boolean isHopeless(OutgoingMessage message) {
        return message.home().isEmpty()
                && !hasOther
                && closing.stream().noneMatch(number -> open.contains(new Pair(number, message.to())));
    }
}
