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

    private static final String NAME = "name";
    private static final String EMPTY = "The list is empty";
    private static final int FEWEST_DIGITS = 7;
    private static final int LOOKED_AT = 21;
    private static final Set<String> PHONES = ListWords.of(ListWords.PHONES);
    private static final int NO_PHONE = ListWords.PHONE_KINDS.size() + 1;
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
        Columns columns = columns(records);
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

    /// @param names of the columns; empty for those of phone numbers, and for those that have no value
    /// @param phones the columns of phone numbers, the best first; where one is empty, the next counts
    private record Columns(List<String> names, List<Integer> phones) {}

    /// Address books export a column for everything, and CRMs several for phone numbers. A list without a header
    /// has the phone number first.
    private static Columns columns(List<CsvRecord> records) {
        CsvRecord first = records.getFirst();
        if (!isHeader(first)) {
            return new Columns(List.of("", NAME), List.of(0));
        }
        List<CsvRecord> rows = records.subList(1, records.size());
        List<CsvRecord> some = rows.subList(0, Math.min(rows.size(), LOOKED_AT - 1));
        List<String> typed = first.getFields();
        List<Integer> phones = IntStream.range(0, typed.size())
                .filter(column -> PHONES.contains(ListWords.bare(typed.get(column)))
                        || kind(typed.get(column)) < NO_PHONE && hasNumbersOnly(some, column))
                .boxed()
                .sorted(Comparator.comparing(column -> kind(typed.get(column))))
                .toList();
        if (phones.isEmpty()) {
            List<Integer> found = IntStream.range(0, typed.size())
                    .filter(column -> isOfNumbers(some, column))
                    .boxed()
                    .toList();
            phones = found.size() == 1 ? found : List.of();
        }
        var names = new ArrayList<String>();
        for (int i = 0; i < typed.size(); i++) {
            boolean isLeftOut = phones.contains(i) || !rows.isEmpty() && isEmpty(records, i);
            names.add(isLeftOut ? "" : FieldText.name(typed.get(i)));
        }
        return new Columns(names, phones);
    }

    /// Returns the rank of a column among those of phone numbers.
    private static int kind(String name) {
        Set<String> words = ListWords.wordsIn(name);
        return Collections.disjoint(words, ListWords.NO_PHONES)
                ? IntStream.range(0, ListWords.PHONE_KINDS.size())
                        .filter(kind -> !Collections.disjoint(words, ListWords.PHONE_KINDS.get(kind)))
                        .findFirst()
                        .orElse(PHONES.contains(ListWords.bare(name)) ? NO_PHONE - 1 : NO_PHONE)
                : NO_PHONE;
    }

    private static boolean hasNumbersOnly(List<CsvRecord> rows, int column) {
        return rows.stream()
                .filter(row -> column < row.getFieldCount())
                .map(row -> CsvFile.asTyped(row.getField(column)).split(" ::: ", 2)[0])
                .filter(cell -> !cell.isBlank())
                .allMatch(RecipientCsv::isNumber);
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

    private static Optional<String> wrong(Columns columns) {
        if (columns.phones().isEmpty()) {
            return Optional.of("The first line must name the columns, one of them “phone”");
        }
        List<String> named =
                columns.names().stream().filter(name -> !name.isEmpty()).toList();
        if (new HashSet<>(named).size() < named.size()) {
            return Optional.of("The first line names a column twice");
        }
        if (named.stream().anyMatch(name -> name.length() > NewRecipient.LONGEST_FIELD)) {
            return Optional.of("Names of columns must be " + NewRecipient.LONGEST_FIELD + " characters or fewer");
        }
        return named.size() > NewRecipient.MOST_FIELDS + 1
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

    private static NewRecipient row(CsvRecord record, Columns read) {
        List<String> columns = read.names();
        var fields = new HashMap<String, String>();
        for (int i = 0; i < Math.min(record.getFieldCount(), columns.size()); i++) {
            fields.put(columns.get(i), CsvFile.asTyped(record.getField(i)));
        }
        // Google puts all numbers of a person into one cell, the main one first.
        String phone = read.phones().stream()
                .filter(column -> column < record.getFieldCount())
                .map(column -> CsvFile.asTyped(record.getField(column)).split(" ::: ", 2)[0])
                .filter(number -> !number.isBlank())
                .findFirst()
                .orElse("");
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
