package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.OutgoingMessage;

/// Messages were queued that were not written in an inbox. Fired once per message, inside the transaction that queues
/// it: a scheduled one is told when its time has come. Observers must be fast.
public record MessagesOrdered(Tx tx, AccountId tenant, List<OutgoingMessage> messages) {

    public MessagesOrdered {
        messages = List.copyOf(messages);
    }
}
