package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.MessageArriving;
import dev.banyan.whatsapp.optouts.OptOut;
import dev.banyan.whatsapp.optouts.OptOutQueue;
import jakarta.inject.Singleton;

/// Answers contacts who opt out, and cancels what campaigns have ordered for them.
@Singleton
public record CampaignQueue(Outgoing outgoing) implements OptOutQueue {

    private static final int MOST_CANCELED = 1_000;

    @Override
    public void answer(MessageArriving message, String text) {
        outgoing.order(
                message.tx(),
                message.tenant(),
                Actor.SERVER,
                new Outgoing.Order(message.pool(), message.from(), text, Optional.empty(), "opt-out:" + message.id()));
    }

    @Override
    public void cancel(Tx tx, AccountId tenant, ContactAddress contact) {
        outgoing.cancel(
                tx, tenant, QueueFilter.ofContact(contact).withKeyPrefix(OptOut.KEYS), OptOut.SENTENCE, MOST_CANCELED);
    }
}
