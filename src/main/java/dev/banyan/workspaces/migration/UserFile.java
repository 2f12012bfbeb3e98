package dev.banyan.workspaces.migration;

import module java.base;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.banyan.platform.CsvText;

/// Parses a list of users: CSV as the exports of other systems and people write it ([UserColumns]), or JSON
/// ([UserJson]). Users without a password or its hash are invited.
public final class UserFile {

    /// The order of columns in lists whose first line doesn't name them.
    public static final List<String> COLUMNS = List.of("username", "email", "role", "password");

    static final int LARGEST = 2 * 1024 * 1024;
    static final int MOST_LINES = 10_000;
    private static final int LONGEST_SHOWN = 200;

    private static final String TOO_WIDE =
            "the line has more fields than the header row. Put values that contain commas in quotes";

    /// One user of the list, unchecked.
    ///
    /// @param number of the line in a CSV file, of the object in JSON; from 1
    /// @param username empty to derive one from the email
    /// @param broken why the line isn't used; empty if it is
    /// @param isNamedElsewhere whether a username that can't be one here is a name from which one is derived
    public record Line(
            int number,
            String username,
            String email,
            String role,
            String password,
            String hash,
            String broken,
            boolean isNamedElsewhere) {

        /// To invite the user.
        public Line withoutPassword() {
            return new Line(number, username, email, role, "", hash, broken, isNamedElsewhere);
        }

        /// For users who keep the username with which they sign in.
        Line withItsUsername() {
            return new Line(number, username, email, role, password, hash, broken, false);
        }

        /// Whether the user can't sign in where the list comes from.
        public boolean isInactive() {
            return broken.equals(UserColumns.INACTIVE);
        }
    }

    /// Result of parsing.
    public sealed interface Read {

        /// @param unread the names of the columns of which we don’t know what they say
        record Lines(List<Line> lines, List<String> unread) implements Read {}

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
        return read(list, MOST_LINES);
    }

    /// @param most lines
    public static Read read(CsvText list, int most) {
        String begin = list.text().stripLeading();
        if (begin.isEmpty()) {
            return new Read.Broken("The list is empty");
        }
        return begin.startsWith("[") || begin.startsWith("{") ? UserJson.read(list.text(), most) : csv(list, most);
    }

    private static Read csv(CsvText text, int most) {
        try (CsvReader<CsvRecord> csv = text.rows()) {
            List<String> names = List.of();
            Optional<UserColumns> columns = Optional.empty();
            boolean isNamed = true;
            var titles = new ArrayList<String>();
            var lines = new ArrayList<Line>();
            for (CsvRecord record : csv) {
                List<String> fields = record.getFields();
                if (isLeftOut(fields, columns.isEmpty())) {
                    continue;
                }
                if (columns.isEmpty()) {
                    columns = UserColumns.ofHeader(fields);
                    if (columns.isPresent()) {
                        names = fields;
                        continue;
                    }
                    if (fields.stream().noneMatch(field -> field.contains("@"))) {
                        titles.add(shown(fields));
                        if (titles.size() > CsvText.MOST_TITLES) {
                            break;
                        }
                        continue;
                    }
                    names = UserColumns.usual(fields);
                    columns = UserColumns.of(names);
                    isNamed = false;
                }
                List<String> recipients = isNamed ? List.of() : UserColumns.recipients(fields);
                if (lines.size() + Math.max(1, recipients.size()) > most) {
                    return tooMany(most);
                }
                var row = new CsvText.Line(names, record);
                if (recipients.isEmpty()) {
                    lines.add(line(columns.orElseThrow(), row));
                }
                recipients.forEach(one -> lines.add(UserColumns.recipient(row.number(), one)));
            }
            return columns.isEmpty() && !titles.isEmpty()
                    ? new Read.Broken("The first line must name the columns, such as username, email, role and"
                            + " password. We don't know any of: " + titles.getFirst())
                    : new Read.Lines(
                            List.copyOf(lines), columns.map(UserColumns::unread).orElse(List.of()));
        } catch (CsvParseException failure) {
            return new Read.Broken("The list isn't valid CSV: " + failure.getMessage());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Some systems begin their files with a line about themselves: Entra ID with its version, PowerShell with `#TYPE`.
    private static boolean isLeftOut(List<String> fields, boolean isBegin) {
        List<String> filled = fields.stream().filter(field -> !field.isBlank()).toList();
        return filled.isEmpty()
                || isBegin && filled.size() == 1 && filled.getFirst().matches("(?i)\\s*(?:version:|#).*");
    }

    private static Line line(UserColumns columns, CsvText.Line line) {
        return line.isTooWide() ? broken(line.number(), TOO_WIDE) : columns.line(line.number(), line::get);
    }

    static Line broken(int number, String why) {
        return new Line(number, "", "", "", "", "", why, false);
    }

    static Read tooMany(int most) {
        return new Read.Broken("The list has more than %,d users".formatted(most));
    }

    private static String shown(List<String> fields) {
        String all = fields.stream().map(field -> "“" + field.strip() + "”").collect(Collectors.joining(", "));
        return all.length() <= LONGEST_SHOWN ? all : all.substring(0, LONGEST_SHOWN) + "…";
    }
}
