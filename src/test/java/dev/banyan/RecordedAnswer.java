package dev.banyan;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;

/// A JSON answer that `AnswersOfAllRoutesTest` has recorded; what differs between runs is a word such as `<uuid>`.
///
/// @param path with placeholders
record RecordedAnswer(String verb, String path, String status, JsonNode body) {

    /// A word where a number was.
    private static final Pattern NUMBER = Pattern.compile("([:,\\[])<\\w+>");

    private static final Pattern ONE = Pattern.compile(
            "=== (?<verb>\\w+) (?<path>\\S+) \\|.*\\n(?<status>2\\d\\d)\\n(?:[\\w-]+: .*\\n)*\\n(?<body>\\{.+)");

    /// A field that looks like the id of a key.
    private static final String WARNINGS = "<key-id>";

    static List<RecordedAnswer> all() throws IOException {
        var all = new ArrayList<RecordedAnswer>();
        try (var files = Files.list(Path.of("src/test/resources/answers/bodies"))) {
            for (Path file : files.sorted().toList()) {
                ONE.matcher(Files.readString(file))
                        .results()
                        .map(found -> new RecordedAnswer(
                                found.group("verb"),
                                found.group("path"),
                                found.group("status"),
                                TestClient.parse(
                                        NUMBER.matcher(found.group("body").replace(WARNINGS, "warnings"))
                                                .replaceAll("$1 0"))))
                        .forEach(all::add);
            }
        }
        return all;
    }
}
