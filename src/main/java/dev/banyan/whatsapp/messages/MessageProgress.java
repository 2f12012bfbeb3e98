package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.cluster.News;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderId;

/// Signals a new delivery state of an outgoing message to open windows on all nodes. Fired in memory after the commit.
///
/// @param home the pool it was ordered for, while another one stands in for that
public record MessageProgress(
        AccountId tenant,
        UUID message,
        SenderId pool,
        Optional<SenderId> home,
        Optional<SenderId> sender,
        DeliveryState state,
        Instant at)
        implements News {

    static MessageProgress of(OutgoingMessage message) {
        return new MessageProgress(
                message.tenant(),
                message.id(),
                message.pool(),
                message.home(),
                message.sender(),
                message.state(),
                message.changedAt());
    }
}
