package dev.banyan.whatsapp.configfile;

import module java.base;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/// JSON with the line number of each value, for error messages.
///
/// @param line counted from 1: of an object's or a list's member, where its name or value begins
record JsonWithLines(int line, Value value) {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int DEEPEST = 64;

    sealed interface Value {

        record Members(Map<String, JsonWithLines> members) implements Value {}

        record Items(List<JsonWithLines> items) implements Value {}

        /// A text, a number, a boolean or null.
        record Plain(JsonNode node) implements Value {}
    }

    /// The text is not valid JSON; lines and columns are counted from 1.
    static final class Broken extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;
        private final int column;

        Broken(String message, JsonLocation location) {
            super(message);
            this.line = Math.max(1, location.getLineNr());
            this.column = Math.max(1, location.getColumnNr());
        }

        int line() {
            return line;
        }

        int column() {
            return column;
        }
    }

    static JsonWithLines read(String text) throws Broken {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new Broken("The file is empty", parser.currentLocation());
            }
            JsonWithLines root = read(parser, parser.currentTokenLocation().getLineNr(), 1);
            if (parser.nextToken() != null) {
                throw new Broken("There is more text after the end", parser.currentTokenLocation());
            }
            return root;
        } catch (JsonProcessingException failure) {
            throw new Broken(firstSentence(failure.getOriginalMessage()), failure.getLocation());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Returns the first sentence; the rest of a Jackson message is hints for programmers.
    private static String firstSentence(String message) {
        return message.lines().findFirst().orElse(message).replaceFirst(" ?\\(for .*|: expected a valid value.*", "");
    }

    private static JsonWithLines read(JsonParser parser, int line, int depth) throws IOException, Broken {
        if (depth > DEEPEST) {
            throw new Broken("It is nested too deeply", parser.currentTokenLocation());
        }
        return new JsonWithLines(
                line,
                switch (parser.currentToken()) {
                    case START_OBJECT -> members(parser, depth);
                    case START_ARRAY -> items(parser, depth);
                    case VALUE_STRING -> plain(JsonNodeFactory.instance.textNode(parser.getText()));
                    case VALUE_TRUE -> plain(JsonNodeFactory.instance.booleanNode(true));
                    case VALUE_FALSE -> plain(JsonNodeFactory.instance.booleanNode(false));
                    case VALUE_NUMBER_INT -> plain(JsonNodeFactory.instance.numberNode(parser.getBigIntegerValue()));
                    case VALUE_NUMBER_FLOAT -> plain(JsonNodeFactory.instance.numberNode(parser.getDecimalValue()));
                    default -> plain(JsonNodeFactory.instance.nullNode());
                });
    }

    private static Value.Plain plain(JsonNode node) {
        return new Value.Plain(node);
    }

    private static Value.Members members(JsonParser parser, int depth) throws IOException, Broken {
        var members = new LinkedHashMap<String, JsonWithLines>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int line = parser.currentTokenLocation().getLineNr();
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, read(parser, line, depth + 1));
        }
        return new Value.Members(members);
    }

    private static Value.Items items(JsonParser parser, int depth) throws IOException, Broken {
        var items = new ArrayList<JsonWithLines>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(read(parser, parser.currentTokenLocation().getLineNr(), depth + 1));
        }
        return new Value.Items(items);
    }

    boolean isNull() {
        return value instanceof Value.Plain(JsonNode node) && node.isNull();
    }

    Optional<Map<String, JsonWithLines>> asMembers() {
        return value instanceof Value.Members(Map<String, JsonWithLines> members)
                ? Optional.of(members)
                : Optional.empty();
    }

    Optional<List<JsonWithLines>> asItems() {
        return value instanceof Value.Items(List<JsonWithLines> items) ? Optional.of(items) : Optional.empty();
    }

    Optional<String> asText() {
        return value instanceof Value.Plain(JsonNode node) && node.isTextual()
                ? Optional.of(node.textValue())
                : Optional.empty();
    }

    Optional<Boolean> asBoolean() {
        return value instanceof Value.Plain(JsonNode node) && node.isBoolean()
                ? Optional.of(node.booleanValue())
                : Optional.empty();
    }

    Optional<Integer> asInteger() {
        return value instanceof Value.Plain(JsonNode node) && node.isIntegralNumber() && node.canConvertToInt()
                ? Optional.of(node.intValue())
                : Optional.empty();
    }

    JsonNode toJson() {
        return switch (value) {
            case Value.Plain(JsonNode node) -> node;
            case Value.Items(List<JsonWithLines> items) -> {
                var array = JsonNodeFactory.instance.arrayNode();
                items.forEach(item -> array.add(item.toJson()));
                yield array;
            }
            case Value.Members(Map<String, JsonWithLines> members) -> {
                var object = JsonNodeFactory.instance.objectNode();
                members.forEach((name, member) -> object.set(name, member.toJson()));
                yield object;
            }
        };
    }
}
