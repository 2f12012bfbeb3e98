package dev.banyan;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/// JSON bodies of tests that vary one field at a time.
public final class Bodies {

    private static final Pattern TIMES = Pattern.compile("\\{([^{}*]+)\\*(\\d+)}");

    private Bodies() {}

    /// @param path of the field, such as `lock.message` or `rules.0.device`
    public static ObjectNode with(String base, String path, JsonNode value) {
        var root = (ObjectNode) TestClient.parse(base);
        String[] parts = path.split("\\.");
        JsonNode at = root;
        for (String part : List.of(parts).subList(0, parts.length - 1)) {
            at = at instanceof ArrayNode list
                    ? list.path(Integer.parseInt(part))
                    : at.path(part).isContainerNode() ? at.path(part) : ((ObjectNode) at).putObject(part);
        }
        String last = parts[parts.length - 1];
        if (at instanceof ArrayNode list) {
            list.set(Integer.parseInt(last), value);
        } else {
            ((ObjectNode) at).set(last, value);
        }
        return root;
    }

    /// Parses a value from a row of a table: `{x*100}` in a text is a hundred x; numbers, `true`, `false`, `null`,
    /// lists and objects are parsed as JSON; everything else is text.
    public static JsonNode value(String typed) {
        String text = TIMES.matcher(typed)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
        if (text.matches("-?[0-9]{1,18}")) {
            return LongNode.valueOf(Long.parseLong(text));
        }
        if (text.matches("-?[0-9]{1,9}\\.[0-9]+")) {
            return DoubleNode.valueOf(Double.parseDouble(text));
        }
        return switch (text) {
            case "true", "false" -> BooleanNode.valueOf(text.equals("true"));
            case "null" -> NullNode.instance;
            default -> text.matches("(?s)\\[.*]|\\{.*}") ? TestClient.parse(text) : TextNode.valueOf(text);
        };
    }
}
