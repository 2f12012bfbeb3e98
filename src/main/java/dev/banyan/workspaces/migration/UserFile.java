package dev.banyan.workspaces.migration;

import module java.base;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.CsvText;

/// Parses a list of users from another system: CSV with a header line, or a JSON array of objects, in UTF-8. The fields
/// are `username`, `email`, `role` (`admin`, `agent` or `user`; or `admin`: true or false, as in the seed's importer)
/// and `password_hash`; users without a hash are invited.
final class UserFile {

    static final int LARGEST = 2 * 1024 * 1024;
    static final int MOST_LINES = 10_000;

    private static final String TOO_WIDE =
            "the line has more fields than the header row. Put values that contain commas in quotes";
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(5)
                    .maxStringLength(10_000)
                    .build())
            .build());

    /// One user of the list, unchecked.
    ///
    /// @param number of the line in a CSV file, of the object in JSON; from 1
    /// @param broken why the line can't be parsed; empty if it can
    record Line(int number, String username, String email, String role, String hash, String broken) {}

    /// Result of parsing.
    sealed interface Read {

        record Lines(List<Line> lines) implements Read {}

        /// The whole file can't be used.
        record Broken(String why) implements Read {}
    }

    private UserFile() {}

    static Read read(byte[] file) {
        if (file.length > LARGEST) {
            return new Read.Broken("The list is larger than 2 MB");
        }
        return CsvText.decode(file).either(UserFile::read, Read.Broken::new);
    }

    private static Read read(CsvText list) {
        String begin = list.text().stripLeading();
        if (begin.isEmpty()) {
            return new Read.Broken("The list is empty");
        }
        return begin.startsWith("[") || begin.startsWith("{") ? json(list.text()) : csv(list);
    }

    private static Read json(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException failure) {
            var place = failure.getLocation();
            return new Read.Broken("The list isn't valid JSON"
                    + (place == null ? "" : " in line " + place.getLineNr() + ", column " + place.getColumnNr()));
        }
        JsonNode users = root.isArray() ? root : root.path("users");
        if (!users.isArray()) {
            return new Read.Broken("The JSON must be a list of users, or an object with “users”");
        }
        if (users.size() > MOST_LINES) {
            return new Read.Broken("The list has more than 10,000 users");
        }
        var lines = new ArrayList<Line>();
        for (JsonNode user : users) {
            lines.add(line(lines.size() + 1, name -> user.path(name).asText("")));
        }
        return new Read.Lines(List.copyOf(lines));
    }

    private static Read csv(CsvText text) {
        var lines = new ArrayList<Line>();
        Optional<String> broken = text.table(
                "The list isn't valid CSV",
                names -> names.containsAll(Set.of("username", "email"))
                        ? Optional.empty()
                        : Optional.of("The first line must name the columns: username, email, role and,"
                                + " if you have hashes, password_hash"),
                row -> {
                    if (lines.size() == MOST_LINES) {
                        return Optional.of("The list has more than 10,000 users");
                    }
                    lines.add(
                            row.isTooWide()
                                    ? new Line(row.number(), "", "", "", "", TOO_WIDE)
                                    : line(row.number(), row::get));
                    return Optional.empty();
                });
        return broken.<Read>map(Read.Broken::new).orElseGet(() -> new Read.Lines(List.copyOf(lines)));
    }

    private interface Fields {
        String get(String name);
    }

    private static Line line(int number, Fields fields) {
        String role = fields.get("role").strip().toLowerCase(Locale.ROOT);
        String admin = fields.get("admin").strip().toLowerCase(Locale.ROOT);
        if (role.isEmpty()) {
            role = Set.of("true", "1", "yes").contains(admin) ? "admin" : "user";
        }
        return new Line(
                number,
                fields.get("username").strip(),
                fields.get("email").strip(),
                role,
                fields.get("password_hash").strip(),
                "");
    }
}
