package dev.banyan.platform;

import module java.base;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;

/// Lines that a person pasted or uploaded: separated by commas, by semicolons, or by tabs as spreadsheets copy them. A
/// first line that names the columns is optional.
///
/// @param lines the fields of each line by column; missing ones are empty
public record RowList(List<Map<String, String>> lines) {

    /// Bytes of a list.
    public static final int LARGEST = 512 * 1024;

    /// A file that can't be read as lines.
    public static final class Broken extends Exception {

        private static final long serialVersionUID = 1;

        private final String why;

        Broken(String why) {
            super(why, null, false, false);
            this.why = why;
        }

        public String why() {
            return why;
        }
    }

    /// @param sent a file that counts instead of what was pasted; empty if none was chosen
    public static String text(String pasted, byte[] sent) throws Broken {
        if (sent.length == 0) {
            return pasted;
        }
        if (sent.length > LARGEST) {
            throw new Broken("The file is larger than 512 KB.");
        }
        return switch (CsvText.decode(sent)) {
            case CsvText.Decoded.Good(CsvText text)
            when text.text().length() > LARGEST -> throw new Broken("The list is larger than 512 KB.");
            case CsvText.Decoded.Good(CsvText text) -> text.text();
            case CsvText.Decoded.Unreadable(String why) -> throw new Broken(why + ".");
        };
    }

    /// @param columns their order in a list without a first line that names them; the first one must be among those
    /// that such a line names
    /// @param most lines
    public static RowList read(String text, List<String> columns, int most) throws Broken {
        if (text.length() > LARGEST) {
            throw new Broken("The list is larger than 512 KB.");
        }
        try (CsvReader<CsvRecord> csv = CsvText.of(text).rows()) {
            List<String> order = columns;
            var lines = new ArrayList<Map<String, String>>();
            boolean first = true;
            for (CsvRecord row : csv) {
                List<String> names = row.getFields().stream().map(RowList::name).toList();
                if (first && names.contains(columns.getFirst())) {
                    order = names;
                } else if (row.getFields().stream().anyMatch(field -> !field.isBlank())) {
                    if (lines.size() == most) {
                        throw new Broken("A list can have up to " + most + " lines. Split it and continue afterwards.");
                    }
                    lines.add(line(row, order));
                }
                first = false;
            }
            return new RowList(List.copyOf(lines));
        } catch (CsvParseException _) {
            throw new Broken("The list isn’t valid CSV. Check that every quote has a closing one.");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Map<String, String> line(CsvRecord row, List<String> order) {
        var fields = new HashMap<String, String>();
        for (int i = 0; i < Math.min(row.getFieldCount(), order.size()); i++) {
            fields.putIfAbsent(order.get(i), CsvFile.asTyped(row.getField(i)).strip());
        }
        return fields;
    }

    /// `Admin’s e-mail` and `admin_email` are one column.
    private static String name(String field) {
        String plain = field.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return switch (plain) {
            case "workspace", "workspacename", "brandname", "displayname" -> "name";
            case "adminemail", "adminsemail", "admin", "emailaddress", "mail" -> "email";
            case "user", "login" -> "username";
            default -> plain;
        };
    }

    /// Writes lines as CSV, so that a person can mend them.
    public static String write(List<List<String>> lines) {
        var text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            lines.forEach(csv::writeRecord);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return text.toString().stripTrailing();
    }
}
