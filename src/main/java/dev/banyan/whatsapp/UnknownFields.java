package dev.banyan.whatsapp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Fields of a `bots-config.json` that Banyan does not know: kept as they are, section by section, and written back.
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

    /// The unknown fields of one section, such as `secondaryAccounts`.
    public ObjectNode section(String name) {
        return sections.get(name) instanceof ObjectNode section ? section : JSON.createObjectNode();
    }

    /// For the section to be filled.
    public ObjectNode open(String name) {
        return sections.get(name) instanceof ObjectNode section ? section : sections.putObject(name);
    }

    /// These, and over them what `other` says.
    public UnknownFields with(UnknownFields other) {
        ObjectNode merged = sections.deepCopy();
        other.sections.properties().forEach(section -> {
            if (section.getValue() instanceof ObjectNode fields) {
                new UnknownFields(merged).open(section.getKey()).setAll(fields);
            }
        });
        return of(merged.toString()); // as it will come out of the database, so that the two compare
    }

    boolean isEmpty() {
        return sections.isEmpty();
    }

    public String text() {
        return sections.toString();
    }
}
