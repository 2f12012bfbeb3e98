package dev.banyan.workspaces.migration;

import module java.base;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.workspaces.migration.UserFile.Line;
import dev.banyan.workspaces.migration.UserFile.Read;

/// Parses a list of users in JSON, as other systems write it: an array, an object that has it under some name, or an
/// object in each line. What lies within a user, such as `profile`, has names like `profile.email`.
final class UserJson {

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(20)
                    .maxStringLength(10_000)
                    .build())
            .build());

    private UserJson() {}

    static Read read(String text, int most) {
        List<JsonNode> roots;
        boolean isArray = text.stripLeading().startsWith("[");
        try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(text)) {
            roots = values.readAll(); // of an array its elements
        } catch (JsonProcessingException failure) {
            var place = failure.getLocation();
            return new Read.Broken("The list isn't valid JSON"
                    + (place == null ? "" : " in line " + place.getLineNr() + ", column " + place.getColumnNr()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Optional<List<JsonNode>> users = isArray || roots.size() > 1 ? Optional.of(roots) : within(roots.getFirst());
        return users.<Read>map(
                        found -> found.size() > most ? UserFile.tooMany(most) : new Read.Lines(lines(found), List.of()))
                .orElseGet(() -> new Read.Broken("The JSON must be a list of users, or an object with “users”"));
    }

    private static List<Line> lines(List<JsonNode> users) {
        return IntStream.range(0, users.size())
                .mapToObj(i -> line(i + 1, fields(users.get(i))))
                .toList();
    }

    /// Returns the users in an object: under `users`, under another name, or itself.
    private static Optional<List<JsonNode>> within(JsonNode root) {
        return Stream.concat(
                        Stream.of(root.path("users")).filter(JsonNode::isArray),
                        root.valueStream().filter(value -> value.isArray() && isUser(value.path(0))))
                .findFirst()
                .map(array -> array.valueStream().toList())
                .or(() -> Optional.of(List.of(root)).filter(_ -> isUser(root)));
    }

    private static boolean isUser(JsonNode value) {
        return UserColumns.of(fields(value).keySet()).isPresent();
    }

    private static Line line(int number, Map<String, String> fields) {
        return UserColumns.of(fields.keySet())
                .map(columns -> columns.line(number, name -> fields.getOrDefault(name, "")))
                .orElseGet(() -> UserFile.broken(number, "the user has neither “username” nor “email”"));
    }

    private static Map<String, String> fields(JsonNode user) {
        var fields = new LinkedHashMap<String, String>();
        add("", user, fields);
        return fields;
    }

    private static void add(String before, JsonNode part, Map<String, String> to) {
        part.properties().forEach(field -> {
            String name = before + field.getKey();
            if (field.getValue().isObject()) {
                add(name + ".", field.getValue(), to);
            } else {
                to.put(name, text(field.getValue()));
            }
        });
    }

    /// Directories list the addresses of a person as objects, of which one is the first (`emails` of SCIM and Google).
    private static String text(JsonNode value) {
        if (value.path(0).isObject()) {
            JsonNode first = value.valueStream()
                    .filter(one -> one.path("primary").asBoolean())
                    .findFirst()
                    .orElse(value.path(0));
            return first.path("value").asText(first.path("address").asText(""));
        }
        return value.isArray()
                ? value.valueStream().map(UserJson::text).collect(Collectors.joining(", "))
                : value.asText("");
    }
}
