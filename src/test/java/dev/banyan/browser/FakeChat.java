package dev.banyan.browser;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.WebSocketRoute;

/// A proxy between a chat page and its server that controls the speed of answers: starts an answer to every message and
/// ends it when told. `ChatAnswersTest` tests the same behavior of the real one.
final class FakeChat {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param frame as received by the page
    private record Stored(long position, boolean asked, Map<String, Object> frame) {}

    private final String conversation;
    private final long before;
    private final List<Stored> stored = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final StringBuilder said = new StringBuilder();
    private Optional<Long> covers = Optional.empty();
    private Optional<WebSocketRoute> page = Optional.empty();

    /// @param before number of messages already in the conversation
    FakeChat(String conversation, long before) {
        this.conversation = conversation;
        this.before = before;
    }

    void connect(WebSocketRoute route) {
        page = Optional.of(route);
        route.onMessage(frame -> hear(frame.text()));
    }

    /// Returns the types of frames sent by the page.
    List<String> heard() {
        return List.copyOf(heard);
    }

    private void hear(String text) {
        JsonNode frame = read(text);
        String type = frame.path("type").asText();
        if (!type.equals("ping")) {
            heard.add(type);
        }
        switch (type) {
            case "hello" -> {
                long after = frame.path("after").asLong();
                send(messages(stored.stream()
                        .filter(message -> message.position() > after)
                        .toList()));
                covers.ifPresent(_ -> delta(said.toString(), true));
            }
            case "message" -> {
                store(
                        "user",
                        frame.path("text").asText(),
                        Map.of("key", frame.path("key").asText()));
                if (covers.isEmpty()) {
                    begin();
                }
            }
            case "stop" -> end("stopped");
            case "retry" -> begin();
            default -> {}
        }
    }

    private void begin() {
        said.setLength(0);
        covers = Optional.of(before + stored.size());
        delta("", true);
    }

    /// Sends the next words.
    void say(String words) {
        said.append(words);
        delta(words, false);
    }

    /// @param how empty, `stopped` or `failed`
    void end(String how) {
        long answered = covers.orElseThrow();
        covers = Optional.empty();
        store("assistant", said.toString(), how.isEmpty() ? Map.of() : Map.of("end", how));
        if (stored.stream().anyMatch(message -> message.asked() && message.position() > answered)) {
            begin();
        }
    }

    private void store(String role, String text, Map<String, Object> more) {
        long position = before + stored.size() + 1;
        var message = new LinkedHashMap<String, Object>();
        message.put("position", position);
        message.put("role", role);
        message.put("text", text);
        message.putAll(more);
        message.put("at", "2026-11-20T10:00:00Z");
        var line = new Stored(position, role.equals("user"), message);
        stored.add(line);
        send(messages(List.of(line)));
    }

    private Map<String, Object> messages(List<Stored> which) {
        return Map.of(
                "type",
                "messages",
                "conversation",
                Map.of(
                        "id",
                        conversation,
                        "title",
                        "hello",
                        "messages",
                        before + stored.size(),
                        "updatedAt",
                        "2026-11-20T10:00:00Z",
                        "handedOver",
                        false),
                "messages",
                which.stream().map(Stored::frame).toList(),
                "more",
                false);
    }

    private void delta(String text, boolean whole) {
        send(Map.of(
                "type", "delta",
                "conversation", conversation,
                "covers", covers.orElseThrow(),
                "whole", whole,
                "text", text));
    }

    private void send(Map<String, Object> frame) {
        try {
            page.orElseThrow().send(JSON.writeValueAsString(frame));
        } catch (JsonProcessingException failure) {
            throw new AssertionError(failure);
        }
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException failure) {
            throw new AssertionError(failure);
        }
    }
}
