package dev.banyan.whatsapp.campaigns;

import module java.base;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.banyan.platform.CsvFile;
import dev.banyan.platform.CsvText;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.ListWords;
import dev.banyan.platform.PhoneNumbers;
import dev.banyan.platform.outcome.Outcome;

/// A list of recipients in CSV, as spreadsheets write it. The first line names the columns: `phone`, `name`, and
/// others that the message may refer to. A list of numbers alone needs no such line.
public final class RecipientCsv {

    public static final int LARGEST = 10 * 1024 * 1024;

    private static final String PHONE = "phone";
    private static final String NAME = "name";
    private static final String EMPTY = "The list is empty";
    private static final int FEWEST_DIGITS = 7;
    private static final int LOOKED_AT = 21;
    private static final Set<String> PHONES = ListWords.of(ListWords.PHONES);
    private static final Set<String> NAMES = ListWords.of(ListWords.NAMES);

    private RecipientCsv() {}

    /// @param most more rows are refused
    public static Outcome<List<NewRecipient>> read(byte[] file, int most) {
        if (file.length > LARGEST) {
            return broken("The list is larger than 10 MB");
        }
        return CsvText.decode(file).either(text -> read(text, most), RecipientCsv::broken);
    }

    private static Outcome<List<NewRecipient>> read(CsvText text, int most) {
        try (CsvReader<CsvRecord> csv = text.rows()) {
            var records = new ArrayList<CsvRecord>();
            csv.forEach(records::add);
            return records.isEmpty() ? broken(EMPTY) : read(records, most);
        } catch (CsvParseException failure) {
            return broken("This is not valid CSV: " + failure.getMessage());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Outcome<List<NewRecipient>> read(List<CsvRecord> records, int most) {
        List<String> columns = columns(records);
        Optional<String> wrong = wrong(columns);
        if (wrong.isPresent()) {
            return broken(wrong.get());
        }
        boolean isNamed = isHeader(records.getFirst());
        var rows = new ArrayList<NewRecipient>();
        for (CsvRecord record : isNamed ? records.subList(1, records.size()) : records) {
            if (CsvText.isBlank(record)) {
                continue;
            }
            List<NewRecipient> numbers = isNamed ? List.of() : numbers(record);
            rows.addAll(numbers.isEmpty() ? List.of(row(record, columns)) : numbers);
            if (rows.size() > most) {
                return broken("The list has more than %,d rows".formatted(most));
            }
        }
        return rows.isEmpty() ? broken(EMPTY) : Outcome.done(rows);
    }

    private static Outcome<List<NewRecipient>> broken(String why) {
        return Outcome.rejected(new Invalid("csv", why, why + "."));
    }

    private static boolean isHeader(CsvRecord first) {
        return first.getFields().stream()
                .noneMatch(field -> field.chars().filter(Character::isDigit).count() > 4);
    }

    /// Returns the names of the columns. Those without any value get an empty name: address books export a column for
    /// everything. A list without a header has the phone number first.
    private static List<String> columns(List<CsvRecord> records) {
        CsvRecord first = records.getFirst();
        if (!isHeader(first)) {
            return List.of(PHONE, NAME);
        }
        var columns = new ArrayList<String>();
        for (String typed : first.getFields()) {
            columns.add(PHONES.contains(ListWords.bare(typed)) ? PHONE : FieldText.name(typed));
        }
        boolean hasOnePhone = Collections.frequency(columns, PHONE) == 1;
        for (int i = 0; i < columns.size() && records.size() > 1; i++) {
            if (!(hasOnePhone && columns.get(i).equals(PHONE)) && isEmpty(records, i)) {
                columns.set(i, "");
            }
        }
        if (!columns.contains(PHONE)) {
            List<CsvRecord> rows = records.subList(1, Math.min(records.size(), LOOKED_AT));
            int[] found = IntStream.range(0, columns.size())
                    .filter(column -> isOfNumbers(rows, column))
                    .toArray();
            if (found.length == 1) {
                columns.set(found[0], PHONE);
            }
        }
        return columns;
    }

    private static boolean isEmpty(List<CsvRecord> records, int column) {
        return records.stream()
                .skip(1)
                .allMatch(row ->
                        column >= row.getFieldCount() || row.getField(column).isBlank());
    }

    /// Tells the column of phone numbers in a language whose word for them isn't known: it has nothing else.
    private static boolean isOfNumbers(List<CsvRecord> rows, int column) {
        List<String> cells = rows.stream()
                .filter(row -> column < row.getFieldCount())
                .map(row -> row.getField(column))
                .filter(cell -> !cell.isBlank())
                .toList();
        return !cells.isEmpty()
                && cells.stream()
                        .allMatch(
                                cell -> PhoneNumbers.e164(CsvFile.asTyped(cell)).isPresent());
    }

    private static Optional<String> wrong(List<String> columns) {
        if (!columns.contains(PHONE)) {
            return Optional.of("The first line must name the columns, one of them “phone”");
        }
        List<String> named = columns.stream().filter(name -> !name.isEmpty()).toList();
        if (new HashSet<>(named).size() < named.size()) {
            return Optional.of("The first line names a column twice");
        }
        if (named.stream().anyMatch(name -> name.length() > NewRecipient.LONGEST_FIELD)) {
            return Optional.of("Names of columns must be " + NewRecipient.LONGEST_FIELD + " characters or fewer");
        }
        return named.size() > NewRecipient.MOST_FIELDS + 2
                ? Optional.of("The list has more than " + NewRecipient.MOST_FIELDS + " columns next to phone and name")
                : Optional.empty();
    }

    /// A line of phone numbers alone has a recipient each: as a name, the second one would never be written to.
    ///
    /// @return empty for other lines
    private static List<NewRecipient> numbers(CsvRecord record) {
        List<String> filled =
                record.getFields().stream().filter(field -> !field.isBlank()).toList();
        return filled.size() > 1 && filled.stream().allMatch(RecipientCsv::isNumber)
                ? filled.stream()
                        .map(number -> new NewRecipient(CsvFile.asTyped(number), "", Map.of()))
                        .toList()
                : List.of();
    }

    private static boolean isNumber(String field) {
        return field.matches("[^\\p{L}]*")
                && field.chars().filter(Character::isDigit).count() >= FEWEST_DIGITS;
    }

    private static NewRecipient row(CsvRecord record, List<String> columns) {
        var fields = new HashMap<String, String>();
        for (int i = 0; i < Math.min(record.getFieldCount(), columns.size()); i++) {
            fields.put(columns.get(i), CsvFile.asTyped(record.getField(i)));
        }
        // Google puts all numbers of a person into one cell, the main one first.
        String phone = Optional.ofNullable(fields.remove(PHONE)).orElse("").split(" ::: ", 2)[0];
        // In another language, its own name is one that the message may refer to, too.
        String name = Optional.ofNullable(fields.remove(NAME))
                .or(() -> columns.stream()
                        .filter(column -> NAMES.contains(ListWords.bare(column)))
                        .flatMap(column -> Stream.ofNullable(fields.get(column)))
                        .findFirst())
                .orElse("");
        return new NewRecipient(phone, name, fields);
    }
}
