package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.Uuids;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.HookEvent.Stage;
import dev.banyan.whatsapp.drivers.SendResult.NotSent;
import dev.banyan.whatsapp.drivers.SendResult.Why;

/// What has become of messages that we sent, and what they cost. They come in any order, and some never.
final class CloudReceipts {

    private CloudReceipts() {}

    static List<HookEvent> read(String remote, JsonNode status, Instant now) {
        String provider = GraphJson.text(status, "id");
        if (provider.isEmpty()) {
            return List.of(new HookEvent.Alive(remote));
        }
        Optional<UUID> message = Uuids.parse(GraphJson.text(status, "biz_opaque_callback_data"));
        var events = new ArrayList<HookEvent>();
        events.add(
                switch (GraphJson.text(status, "status")) {
                    case "sent" -> new HookEvent.Receipt(remote, provider, message, Stage.SENT);
                    case "delivered" -> new HookEvent.Receipt(remote, provider, message, Stage.DELIVERED);
                    // A voice message that was played was read.
                    case "read", "played" -> new HookEvent.Receipt(remote, provider, message, Stage.READ);
                    case "failed" -> new HookEvent.Undeliverable(remote, provider, message, why(status, now));
                    default -> new HookEvent.Alive(remote);
                });
        CloudContacts.pair(GraphJson.text(status, "recipient_id"), GraphJson.text(status, "recipient_user_id"))
                .ifPresent(events::add);
        price(remote, provider, status.path("pricing")).ifPresent(events::add);
        return events;
    }

    private static NotSent why(JsonNode status, Instant now) {
        JsonNode error = status.path("errors").path(0);
        return error.isMissingNode()
                ? new NotSent(Why.MESSAGE, "WhatsApp couldn’t deliver this message.", Optional.empty())
                : CloudErrors.notSent(GraphError.of(error), now);
    }

    private static Optional<HookEvent> price(String remote, String provider, JsonNode pricing) {
        return GraphJson.given(pricing, "category")
                .map(category -> new HookEvent.Priced(
                        remote,
                        provider,
                        category.toLowerCase(Locale.ROOT),
                        pricing.path("billable").asBoolean(true)));
    }
}
