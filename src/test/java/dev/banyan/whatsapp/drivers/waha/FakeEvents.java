package dev.banyan.whatsapp.drivers.waha;

import static dev.banyan.whatsapp.drivers.waha.FakeJson.object;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What a fake server tells: events for the webhooks that want them, and acks of what was sent.
final class FakeEvents {

    private final FakeWaha waha;
    private long count;

    FakeEvents(FakeWaha waha) {
        this.waha = waha;
    }

    void ofEngine(FakeSession session, String event, JsonNode data) {
        emit(session, "engine.event", object().put("event", event).set("data", data));
    }

    void emit(FakeSession session, String event, JsonNode payload) {
        if (!waha.isUp()) {
            return;
        }
        if (session.is(FakeSession.Deafness.NO_EVENTS)) {
            session.unheard.add(() -> emit(session, event, payload));
            return;
        }
        ObjectNode envelope = object().put("id", nextEvent())
                .put("timestamp", waha.time.now().toEpochMilli())
                .put("event", event)
                .put("session", session.name);
        envelope.set("metadata", session.config.path("metadata").deepCopy());
        envelope.set("me", session.me.isPresent() ? FakeShapes.me(session, false) : null);
        envelope.set("payload", payload);
        envelope.put("engine", waha.engine);
        envelope.putObject("environment")
                .put("version", waha.version)
                .put("engine", waha.engine)
                .put("tier", waha.tier)
                .putNull("browser");
        session.config.path("webhooks").forEach(hook -> queue(hook, event, envelope));
        waha.globalHook.ifPresent(hook -> queue(hook, event, envelope));
    }

    private void queue(JsonNode hook, String event, ObjectNode envelope) {
        for (JsonNode wanted : hook.path("events")) {
            if (wanted.asText().equals(event) || wanted.asText().equals("*") && !event.equals("engine.event")) {
                waha.hooks.queue(hook, envelope);
                return;
            }
        }
    }

    private String nextEvent() {
        return String.format(Locale.ROOT, "evt_01k5c3v8w2%016x", ++count);
    }

    /// Acks wait at WhatsApp while a session is away.
    void acknowledgeIn(Duration duration, String name, String wire, int ack) {
        waha.time.in(duration, () -> waha.change(() -> acknowledgeOrKeep(name, wire, ack)));
    }

    private void acknowledgeOrKeep(String name, String wire, int ack) {
        Optional.ofNullable(waha.sessions.get(name)).ifPresent(session -> acknowledgeOrKeep(session, wire, ack));
    }

    private void acknowledgeOrKeep(FakeSession session, String wire, int ack) {
        Runnable action = () -> acknowledge(session, wire, ack, Optional.empty());
        if (session.isWorking()) {
            action.run();
        } else {
            session.waiting.add(action);
        }
    }

    void acknowledge(FakeSession session, String wire, int ack, Optional<JsonNode> error) {
        var names = Map.of(-1, "ERROR", 0, "PENDING", 1, "SERVER", 2, "DEVICE", 3, "READ", 4, "PLAYED");
        session.messages.stream()
                .filter(message -> message.path("id").asText().contains("_" + wire))
                .findFirst()
                .ifPresent(message -> {
                    message.put("ack", ack);
                    ObjectNode payload = object().put("id", message.path("id").asText())
                            .put("from", message.path("from").asText())
                            .putNull("to")
                            .putNull("participant")
                            .put("fromMe", true)
                            .put("ack", ack)
                            .put("ackName", names.get(ack));
                    error.ifPresent(why -> payload.set("error", why));
                    emit(session, "message.ack", payload);
                });
    }
}
