package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.CsvText;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.numbers.BulkSenders.Row;

/// A list of new servants in CSV, written by hand or exported from a spreadsheet.
final class SenderCsv {

    private static final List<String> NAMES =
            List.of("master", "phone", "name", "purpose", "tags", "region", "weight", "priority");
    private static final List<String> NEEDED = List.of("master", "phone", "name");

    private SenderCsv() {}

    static Outcome<List<Row>> read(byte[] file) {
        if (file.length > BulkSenders.LARGEST_LIST) {
            return broken("The list is larger than 1 MB");
        }
        return CsvText.decode(file).either(SenderCsv::read, SenderCsv::broken);
    }

    private static Outcome<List<Row>> read(CsvText text) {
        var rows = new ArrayList<Row>();
        Optional<String> broken = text.table("This is not valid CSV", SenderCsv::wrong, line -> {
            if (rows.size() == BulkSenders.MOST) {
                return Optional.of("The list has more than 1,000 rows");
            }
            if (line.isTooWide()) {
                return Optional.of("Line " + line.number()
                        + " has more fields than the first line. Put values with commas in quotes");
            }
            rows.add(row(line));
            return Optional.empty();
        });
        return broken.map(SenderCsv::broken).orElseGet(() -> Outcome.done(List.copyOf(rows)));
    }

    private static Outcome<List<Row>> broken(String why) {
        return Outcome.rejected(new Invalid("csv", why, why + "."));
    }

    /// Validates the header. An unknown name may be a misspelling, and the values below it would be lost.
    private static Optional<String> wrong(List<String> names) {
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

    private static Row row(CsvText.Line line) {
        return new Row(
                line.number(),
                line.get("master"),
                line.get("phone"),
                line.get("name"),
                line.get("purpose"),
                line.get("tags"),
                line.get("region"),
                line.get("weight"),
                line.get("priority"));
    }
}
