package dev.banyan.platform.document;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/// A noun as JSON text, as a column keeps it: written once, and read again by this version or a later one. Fields may
/// be added: older documents lack them, and what a version doesn’t know is left out.
///
/// ```java
/// record Snapshot(List<OfShortLink> links) {}
///
/// String text = JsonDocument.write(new Snapshot(links));
/// Snapshot again = JsonDocument.read(text, Snapshot.class);
/// ```
public final class JsonDocument {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private interface Step<T> {
        T run() throws JsonProcessingException;
    }

    private JsonDocument() {}

    public static String write(Object noun) {
        return done(noun.getClass(), () -> JSON.writeValueAsString(noun));
    }

    public static <T> T read(String text, Class<T> type) {
        return done(type, () -> JSON.readValue(text, type));
    }

    public static <T> T read(String text, TypeReference<T> type) {
        return done(type.getType(), () -> JSON.readValue(text, type));
    }

    /// Returns the tree of a document that isn’t a record.
    public static JsonNode tree(String text) {
        return done(JsonNode.class, () -> JSON.readTree(text));
    }

    /// What was written can be read, so a failure is a fault of ours.
    private static <T> T done(Type what, Step<T> step) {
        try {
            return step.run();
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(what.getTypeName() + " can’t be written or read as JSON", failure);
        }
    }
}
