package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.webhooks.EventFile;
import dev.banyan.platform.webhooks.Webhooks;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.MessageArriving;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.changes.SenderBrands;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// What webhooks say about messages; the fields are in `EventType`.
@Singleton
record MessageFields(Webhooks webhooks, Settings settings) {

    private record OwnerOf(SenderKey pool) {}

    /// Tells of the state that a message has now.
    static void tell(Webhooks webhooks, Tx tx, OutgoingMessage message) {
        if (webhooks.mayBeHeard(message.tenant())) {
            // another pool may stand in for the one that works for the brand
            Owner owner = owner(tx, message.tenant(), message.orderedFor());
            webhooks.tell(
                    tx,
                    owner,
                    "message." + message.state().key(),
                    message.id().toString(),
                    () -> fields(owner, message));
        }
    }

    /// Returns the account that a pool works for: its brand, or else the agency.
    private static Owner owner(Tx tx, AccountId tenant, SenderId pool) {
        return tx.onceHere(
                new OwnerOf(new SenderKey(tenant, pool)),
                _ -> new Owner(tenant, SenderBrands.of(tx, tenant, pool).orElse(tenant)));
    }

    private static Map<String, ?> fields(Owner owner, OutgoingMessage message) {
        var data = new LinkedHashMap<String, Object>();
        data.put("id", message.id().toString());
        data.put("account", owner.account().toString());
        data.put("master", message.pool().value());
        message.sender().ifPresent(sender -> data.put("sender", sender.value()));
        data.put("to", message.to().phone().map(Phone::e164).orElse(null));
        data.put("contact", message.to().key());
        data.put("state", message.state().key());
        message.error().ifPresent(error -> data.put("error", error));
        message.origin()
                .filter(OutgoingMessage.Origin.PHONE::equals)
                .ifPresent(origin -> data.put("origin", origin.key()));
        if (message.isTest()) {
            data.put("test", true);
        }
        return data;
    }

    void received(@Observes MessageArriving message) {
        if (webhooks.mayBeHeard(message.tenant())) {
            Owner owner = owner(message.tx(), message.tenant(), message.pool());
            webhooks.tell(
                    message.tx(),
                    owner,
                    "message.received",
                    message.from().key(),
                    () -> received(owner, message, new LinkedHashMap<>()));
        }
    }

    private Map<String, ?> received(Owner owner, MessageArriving message, Map<String, Object> data) {
        data.put("id", message.id().toString());
        data.put("account", owner.account().toString());
        data.put("master", message.pool().value());
        data.put("sender", message.sender().value());
        data.put("from", message.from().phone().map(Phone::e164).orElse(null));
        data.put("contact", message.from().key());
        data.put("name", message.name());
        message.username().ifPresent(username -> data.put("username", username));
        data.put("text", message.text());
        message.content().ad().ifPresent(ad -> data.put("ad", ad));
        message.media()
                .ifPresent(media -> data.put(
                        "file",
                        new EventFile(
                                media.name(),
                                media.type(),
                                message.mediaBytes(),
                                settings.baseUrl() + IncomingMessage.filePath(message.id()))));
        return data;
    }
}
