package dev.banyan.whatsapp.configfile;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Fields of a `bots-config.json` that Banyan doesn't know: kept unchanged per section, and written back.
public record UnknownFields(ObjectNode sections) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    public static UnknownFields none() {
        return new UnknownFields(JSON.createObjectNode());
    }

    public static UnknownFields of(String stored) {
        try {
            return new UnknownFields((ObjectNode) JSON.readTree(stored));
        } catch (JsonProcessingException | ClassCastException failure) {
            throw new IllegalStateException("What is kept of an imported file cannot be read", failure);
        }
    }

    /// Returns the unknown fields of a section, such as `secondaryAccounts`.
    public ObjectNode section(String name) {
        return sections.get(name) instanceof ObjectNode section ? section : JSON.createObjectNode();
    }

    /// Returns a section to be filled, creating it if needed.
    public ObjectNode open(String name) {
        return sections.get(name) instanceof ObjectNode section ? section : sections.putObject(name);
    }

    /// Merges these fields with `other`, which takes precedence.
    public UnknownFields with(UnknownFields other) {
        ObjectNode merged = sections.deepCopy();
        other.sections.properties().forEach(section -> {
            if (section.getValue() instanceof ObjectNode fields) {
                new UnknownFields(merged).open(section.getKey()).setAll(fields);
            }
        });
        return of(merged.toString()); // parsed again, so that it compares equal to one read from the database
    }

    boolean isEmpty() {
        return sections.isEmpty();
    }

    public String text() {
        return sections.toString();
    }
}
