package dev.banyan.workspaces.migration;

import module java.base;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.banyan.platform.CsvText;

/// Parses a list of users from another system: CSV with a header line, or a JSON array of objects, in UTF-8. The fields
/// are `username`, `email`, `role` (`admin`, `agent` or `user`; or `admin`: true or false, as in the seed's importer)
/// and `password_hash`; users without a hash are invited.
final class UserFile {

    static final int LARGEST = 2 * 1024 * 1024;
    static final int MOST_LINES = 10_000;

    private static final String TOO_WIDE =
            "the line has more fields than the header row. Put values that contain commas in quotes";
    private static final Set<String> NAMES =
            Set.of("username", "email", "role", "admin", "password_hash", "invitation");
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
        return CsvText.decode(file).map(UserFile::read).orElseGet(() -> new Read.Broken("The list isn't UTF-8 text"));
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
        try (CsvReader<CsvRecord> csv = text.rows()) {
            Optional<Map<String, Integer>> columns = Optional.empty();
            int width = 0;
            var lines = new ArrayList<Line>();
            for (CsvRecord row : csv) {
                if (columns.isEmpty()) {
                    columns = Optional.of(columns(row));
                    width = row.getFieldCount();
                    if (!columns.get().keySet().containsAll(Set.of("username", "email"))) {
                        return new Read.Broken("The first line must name the columns: username, email, role and,"
                                + " if you have hashes, password_hash");
                    }
                    continue;
                }
                if (lines.size() == MOST_LINES) {
                    return new Read.Broken("The list has more than 10,000 users");
                }
                Map<String, Integer> known = columns.get();
                if (row.getFieldCount() > width) {
                    lines.add(new Line((int) row.getStartingLineNumber(), "", "", "", "", TOO_WIDE));
                    continue;
                }
                lines.add(line((int) row.getStartingLineNumber(), name -> {
                    int column = known.getOrDefault(name, Integer.MAX_VALUE);
                    return column < row.getFieldCount() ? row.getField(column) : "";
                }));
            }
            return new Read.Lines(List.copyOf(lines));
        } catch (CsvParseException failure) {
            return new Read.Broken("The list isn't valid CSV: " + failure.getMessage());
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static Map<String, Integer> columns(CsvRecord row) {
        var columns = new HashMap<String, Integer>();
        for (int i = 0; i < row.getFieldCount(); i++) {
            String name = row.getField(i).strip().toLowerCase(Locale.ROOT);
            if (NAMES.contains(name)) {
                columns.putIfAbsent(name, i);
            }
        }
        return columns;
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
