package dev.banyan.mcp;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.platform.FilledText;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.WebAddresses;

/// An operation of the API that assistants may call.
///
/// @param words for the model
/// @param path for programs with a key, such as `/v1/GetPages`
/// @param permission that a key needs
/// @param arguments where each belongs in the request
/// @param schema of the arguments
record McpTool(
        String name,
        String words,
        Effect effect,
        String method,
        String path,
        String permission,
        Map<String, Place> arguments,
        ObjectNode schema) {

    /// The argument with which a call says that a person agreed.
    static final String CONFIRM = "confirm";

    /// The argument for the header that makes a call safe to repeat.
    static final String REPEATABLE = "idempotencyKey";

    /// Dots and slashes could lead to another route than the one that was asked for.
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~@+-]{0,199}");

    /// What it does.
    enum Effect implements Keyed {
        READ,
        WRITE,
        CONFIRM
    }

    /// Where an argument belongs.
    enum Place implements Keyed {
        PATH,
        QUERY,
        BODY,
        HEADER,
        CONFIRMATION
    }

    /// What a call comes to.
    sealed interface Prepared {

        /// @param body empty if the operation takes none
        record Act(McpTool tool, String method, String uri, Optional<JsonNode> body, Optional<String> idempotencyKey)
                implements Prepared {}

        /// It isn't called, and the model learns why.
        record Refused(String why) implements Prepared {}
    }

    boolean reads() {
        return effect == Effect.READ;
    }

    Prepared prepare(JsonNode sent) {
        Optional<String> wrong = wrong(sent);
        if (wrong.isPresent()) {
            return new Prepared.Refused(wrong.get());
        }
        var ids = new HashMap<String, String>();
        var query = new StringJoiner("&");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> argument : sent.properties()) {
            String name = argument.getKey();
            JsonNode value = argument.getValue();
            switch (Objects.requireNonNull(arguments.get(name))) {
                case PATH -> ids.put("{" + name + "}", value.asText());
                case QUERY -> query.add(WebAddresses.encoded(name) + "=" + WebAddresses.encoded(value.asText()));
                case BODY -> body.set(name, value);
                case HEADER, CONFIRMATION -> {}
            }
        }
        String filled = FilledText.of(path, ids);
        return new Prepared.Act(
                this,
                method,
                query.length() == 0 ? filled : filled + "?" + query,
                arguments.containsValue(Place.BODY) ? Optional.of(body) : Optional.empty(),
                Optional.ofNullable(sent.get(REPEATABLE)).map(JsonNode::asText));
    }

    /// Returns what is wrong with the arguments, as far as the request can't be made of them.
    private Optional<String> wrong(JsonNode sent) {
        for (Map.Entry<String, JsonNode> argument : sent.properties()) {
            String name = argument.getKey();
            Place place = arguments.get(name);
            if (place == null) {
                return Optional.of(
                        "There is no argument " + name + ". This tool takes: " + String.join(", ", arguments.keySet()));
            }
            JsonNode value = argument.getValue();
            if (place != Place.BODY && (!value.isValueNode() || value.isNull())) {
                return Optional.of(name + " must be a text, a number or true or false");
            }
            if (place == Place.PATH && !ID.matcher(value.asText()).matches()) {
                return Optional.of(name + " is not an id");
            }
            if (place == Place.HEADER && !value.asText().matches("[\\x21-\\x7e]{1,200}")) {
                return Optional.of(name + " must have 1 to 200 letters, digits and signs, without spaces");
            }
        }
        Optional<String> missing = StreamSupport.stream(schema.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .filter(name -> !name.equals(CONFIRM) && !sent.has(name))
                .findFirst()
                .map(name -> name + " is required");
        return missing.isEmpty()
                        && effect == Effect.CONFIRM
                        && !sent.path(CONFIRM).asBoolean()
                ? Optional.of("Not done yet. Show the person what will happen, and call again with " + CONFIRM
                        + " set to true once they agree")
                : missing;
    }
}
