package dev.banyan.whatsapp.sending;

import dev.banyan.platform.Owner;
import dev.banyan.platform.webhooks.Webhooks;
import dev.banyan.whatsapp.MessageArriving;
import dev.banyan.whatsapp.OutgoingMessage;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/// What webhooks say about messages; the fields are in `EventType`.
@Singleton
final class MessageFields {

    private final Webhooks webhooks;

    MessageFields(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    static Map<String, ?> of(OutgoingMessage message) {
        var data = new LinkedHashMap<String, Object>();
        data.put("id", message.id().toString());
        data.put("account", message.tenant().toString());
        data.put("master", message.pool().value());
        message.sender().ifPresent(sender -> data.put("sender", sender.value()));
        data.put("to", message.to().e164());
        data.put("state", message.state().key());
        message.error().ifPresent(error -> data.put("error", error));
        return data;
    }

    void received(@Observes MessageArriving message) {
        webhooks.tell(
                message.tx(),
                new Owner(message.tenant(), message.tenant()),
                "message.received",
                message.from().e164(),
                () -> received(message, new LinkedHashMap<>()));
    }

    private static Map<String, ?> received(MessageArriving message, Map<String, Object> data) {
        data.put("id", message.id().toString());
        data.put("account", message.tenant().toString());
        data.put("master", message.pool().value());
        data.put("sender", message.sender().value());
        data.put("from", message.from().e164());
        data.put("name", message.name());
        data.put("text", message.text());
        message.media().ifPresent(media -> data.put("file", Map.of("name", media.name(), "type", media.type())));
        return data;
    }
}
