package dev.banyan.answers;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient;

/// The values of `answers/good.txt`, put over those of the sample calls.
final class GoodInput {

    private static final List<Line> LINES = read();
    private static final String LEFT_OUT = "-";

    private record Line(Pattern route, String field, String json) {}

    private final Map<String, String> ids;

    GoodInput(Map<String, String> ids) {
        this.ids = Map.copyOf(ids);
    }

    private static List<Line> read() {
        try {
            return Files.readAllLines(Path.of("src", "test", "resources", "answers", "good.txt")).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" \\| ", 3))
                    .map(parts -> new Line(Pattern.compile(parts[0]), parts[1], parts[2]))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Object body(Route route, Object sample) {
        if (!(sample instanceof Map<?, ?> fields)) {
            return sample;
        }
        var body = new LinkedHashMap<Object, Object>(fields);
        of(route).forEach((field, value) -> {
            if (isLeftOut(value)) {
                body.remove(field);
            } else {
                body.computeIfPresent(field, (_, _) -> value);
            }
        });
        return body;
    }

    Map<String, String> form(Route route, Map<String, String> sample) {
        var form = new LinkedHashMap<String, String>();
        // A list of one is a field.
        sample.forEach((field, value) -> form.put(field, value.replaceFirst("^\\[([^,\\[\\]{}]*)]$", "$1")));
        of(route).forEach((field, value) -> {
            if (isLeftOut(value)) {
                form.remove(field);
            } else {
                form.computeIfPresent(field, (_, _) -> text(value));
            }
        });
        return form;
    }

    String query(Route route, String sample) {
        Map<String, JsonNode> good = of(route);
        return Arrays.stream(sample.split("&"))
                .map(part -> {
                    String name = part.split("=", 2)[0];
                    JsonNode value = good.get(name);
                    return value == null || isLeftOut(value) ? part : name + "=" + TestClient.encode(text(value));
                })
                .collect(Collectors.joining("&"));
    }

    private static boolean isLeftOut(JsonNode value) {
        return value.asText().equals(LEFT_OUT);
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.path(0).asText();
    }

    private Map<String, JsonNode> of(Route route) {
        var values = new LinkedHashMap<String, JsonNode>();
        for (Line line : LINES) {
            if (line.route().matcher(route.name()).matches()) {
                values.put(line.field(), value(line.json()));
            }
        }
        return values;
    }

    private JsonNode value(String json) {
        String filled = json;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            filled = filled.replace("<" + id.getKey() + ">", id.getValue());
        }
        try {
            return TestClient.JSON.readTree(filled);
        } catch (JsonProcessingException failure) {
            throw new AssertionError(json, failure);
        }
    }
}
