package dev.banyan.whatsapp.registry;

import module java.base;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.banyan.platform.CsvText;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.registry.BulkSenders.Row;

/// A list of new servants in CSV, written by hand or exported from a spreadsheet.
final class SenderCsv {

    static final int LARGEST = 1024 * 1024;

    private static final List<String> NAMES =
            List.of("master", "phone", "name", "purpose", "tags", "region", "weight", "priority");
    private static final List<String> NEEDED = List.of("master", "phone", "name");

    private SenderCsv() {}

    static Outcome<List<Row>> read(byte[] file) {
        if (file.length > LARGEST) {
            return broken("The list is larger than 1 MB");
        }
        return CsvText.decode(file)
                .map(SenderCsv::read)
                .orElseGet(() -> broken("The list is not UTF-8 text"));
    }

    private static Outcome<List<Row>> read(CsvText text) {
        try (CsvReader<CsvRecord> csv = text.rows()) {
            Optional<Map<String, Integer>> columns = Optional.empty();
            var rows = new ArrayList<Row>();
            for (CsvRecord record : csv) {
                if (columns.isEmpty()) {
                    Optional<String> wrong = wrong(record);
                    if (wrong.isPresent()) {
                        return broken(wrong.get());
                    }
                    columns = Optional.of(columns(record));
                    continue;
                }
                if (rows.size() == BulkSenders.MOST) {
                    return broken("The list has more than 1,000 rows");
                }
                if (record.getFieldCount() > columns.get().size()) {
                    return broken("Line " + record.getStartingLineNumber()
                            + " has more fields than the first line. Put values with commas in quotes");
                }
                rows.add(row(record, columns.get()));
            }
            return columns.isEmpty() ? broken("The list is empty") : Outcome.done(List.copyOf(rows));
        } catch (CsvParseException failure) {
            return broken("This is not valid CSV: " + failure.getMessage());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Outcome<List<Row>> broken(String why) {
        return Outcome.rejected(new Invalid("csv", why, why + "."));
    }

    /// Validates the header. An unknown name may be a misspelling, and the values below it would be lost.
    private static Optional<String> wrong(CsvRecord first) {
        List<String> names = first.getFields().stream().map(SenderCsv::name).toList();
        Optional<String> unknown =
                names.stream().filter(name -> !NAMES.contains(name)).findFirst();
        if (unknown.isEmpty()
                && names.containsAll(NEEDED)
                && names.stream().distinct().count() == names.size()) {
            return Optional.empty();
        }
        return Optional.of("The first line must name each column once: " + String.join(", ", NAMES)
                + unknown.map(name -> "; “" + name + "” is not a column").orElse(""));
    }

    private static Map<String, Integer> columns(CsvRecord first) {
        var columns = new HashMap<String, Integer>();
        for (int i = 0; i < first.getFieldCount(); i++) {
            columns.put(name(first.getField(i)), i);
        }
        return columns;
    }

    private static String name(String typed) {
        return typed.strip().toLowerCase(Locale.ROOT);
    }

    private static Row row(CsvRecord record, Map<String, Integer> columns) {
        List<String> fields = NAMES.stream()
                .map(name -> columns.getOrDefault(name, Integer.MAX_VALUE))
                .map(column -> column < record.getFieldCount()
                        ? record.getField(column).strip()
                        : "")
                .toList();
        return new Row(
                (int) record.getStartingLineNumber(),
                fields.get(0),
                fields.get(1),
                fields.get(2),
                fields.get(3),
                fields.get(4),
                fields.get(5),
                fields.get(6),
                fields.get(7));
    }
}
