package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.webhooks.Webhooks;
import dev.banyan.whatsapp.DeliveryChanged;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.OutgoingMessage;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Tells of outgoing messages: webhooks and threads in the transaction that changes them, windows after its commit.
@Singleton
public record MessageNews(Webhooks webhooks, Event<MessagesOrdered> ordered, Event<DeliveryChanged> changed) {

    void ordered(Tx tx, AccountId tenant, List<OutgoingMessage> messages) {
        messages.forEach(message -> MessageFields.tell(webhooks, tx, message));
        queued(
                tx,
                tenant,
                messages.stream()
                        .filter(message -> message.state() == DeliveryState.QUEUED)
                        .toList());
    }

    void changed(Tx tx, OutgoingMessage before, OutgoingMessage after) {
        MessageFields.tell(webhooks, tx, after);
        if (before.state() == DeliveryState.SCHEDULED && after.state() == DeliveryState.QUEUED) {
            queued(tx, after.tenant(), List.of(after));
        }
        tx.afterCommit(() -> changed.fire(new DeliveryChanged(after)));
    }

    /// Tells webhooks, and nothing else, of the state that a test seems to have now.
    public void tested(Tx tx, OutgoingMessage test) {
        MessageFields.tell(webhooks, tx, test);
    }

    void sentElsewhere(Tx tx, OutgoingMessage message) {
        MessageFields.tell(webhooks, tx, message);
        tx.afterCommit(() -> changed.fire(new DeliveryChanged(message)));
    }

    private void queued(Tx tx, AccountId tenant, List<OutgoingMessage> messages) {
        List<OutgoingMessage> elsewhere = messages.stream()
                .filter(message -> message.origin().isPresent())
                .toList();
        if (!elsewhere.isEmpty()) {
            ordered.fire(new MessagesOrdered(tx, tenant, elsewhere));
        }
    }
}
