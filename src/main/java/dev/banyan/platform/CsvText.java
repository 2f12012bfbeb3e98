package dev.banyan.platform;

import module java.base;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;

/// A list as spreadsheets write it: in UTF-8, UTF-16 or an older encoding of their country, separated by commas, by
/// semicolons in countries with a decimal comma, by tabs in the clipboard, by `|` from databases, or by what a first
/// line such as `sep=;` tells. The first sheet of an Excel workbook becomes such a list.
///
/// @param text without a byte order mark
public record CsvText(String text) {

    /// The media types of what [#decode] reads. The last one is that of old workbooks, and of CSV on Windows with
    /// Excel.
    public static final String CSV = "text/csv";
    public static final String WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public static final String EXCEL = "application/vnd.ms-excel";

    private static final Pattern SEPARATOR =
            Pattern.compile("\"?sep=([,;\t|:])\"?(?=[\r\n]|$)", Pattern.CASE_INSENSITIVE);
    private static final List<Character> SEPARATORS = List.of('\t', ',', ';', '|');
    private static final char PIPE = '|';
    private static final Pattern BESIDE_BLANK = Pattern.compile(" \\||\\| ");
    private static final int LINES_LOOKED_AT = 20;
    /// Lines before the one that names the columns: a title, or the name of a table, which Numbers writes.
    public static final int MOST_TITLES = 5;
    /// As in workbooks of Excel, LibreOffice and Numbers.
    private static final int[] ZIP = {'P', 'K', 3, 4};
    private static final int[] OLD_EXCEL = {0xD0, 0xCF, 0x11, 0xE0};
    private static final String OLD = "This is a workbook of an old kind. In Excel, choose File > Save As and the type"
            + " “Excel Workbook (.xlsx)” or “CSV UTF-8 (Comma delimited)”";
    private static final String PROTECTED = "This workbook is protected by a password. In Excel, choose File > Info >"
            + " Protect Workbook > Encrypt with Password, clear the password and save it";
    private static final String UNKNOWN =
            "We can’t tell the encoding of this list. Save it as CSV UTF-8 or as .xlsx" + " and try again";

    /// Takes what a person pasted.
    public static CsvText of(String text) {
        return new CsvText(text.startsWith(CsvFile.MARK) ? text.substring(1) : text);
    }

    /// The content of a file.
    public sealed interface Decoded {

        record Good(CsvText text) implements Decoded {}

        /// @param why without a full stop
        record Unreadable(String why) implements Decoded {}

        default <T> T either(Function<CsvText, T> good, Function<String, T> unreadable) {
            return switch (this) {
                case Good(CsvText text) -> good.apply(text);
                case Unreadable(String why) -> unreadable.apply(why);
            };
        }
    }

    public static Decoded decode(byte[] file) {
        if (begins(file, ZIP)) {
            return Workbook.read(file);
        }
        if (begins(file, OLD_EXCEL)) {
            return new Decoded.Unreadable(isProtected(file) ? PROTECTED : OLD);
        }
        Optional<Charset> encoding = ListEncoding.of(file);
        String text = new String(file, encoding.orElse(StandardCharsets.UTF_8));
        if (text.indexOf('\0') >= 0) {
            return new Decoded.Unreadable("This is not a CSV file or an Excel workbook."
                    + " Save the list as .xlsx or as CSV in UTF-8 and try again");
        }
        return encoding.isPresent() ? new Decoded.Good(of(text)) : new Decoded.Unreadable(UNKNOWN);
    }

    /// Excel puts a workbook with a password into the container of its old files.
    private static boolean isProtected(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1)
                .contains(new String(
                        "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));
    }

    private static boolean begins(byte[] file, int[] with) {
        return file.length >= with.length && IntStream.range(0, with.length).allMatch(i -> (file[i] & 0xFF) == with[i]);
    }

    /// A line of a table.
    ///
    /// @param names of the columns, in lower case
    public record Line(List<String> names, CsvRecord record) {

        /// Returns the line in the file, from 1.
        public int number() {
            return (int) record.getStartingLineNumber();
        }

        /// Returns true if there is something beyond the named columns: some programs end lines with empty cells.
        public boolean isTooWide() {
            return record.getFields().stream().skip(names.size()).anyMatch(field -> !field.isBlank());
        }

        /// Returns all fields as they were before a file was written.
        public List<String> cells() {
            return record.getFields().stream().map(CsvFile::asTyped).toList();
        }

        /// Returns the field of a column as it was before a file was written; empty if the line or the list has none.
        public String get(String name) {
            int column = names.indexOf(name);
            return column >= 0 && column < record.getFieldCount()
                    ? CsvFile.asTyped(record.getField(column)).strip()
                    : "";
        }
    }

    /// Returns true for a line without anything in it: spreadsheets write rows that were cleared as `,,`.
    public static boolean isBlank(CsvRecord record) {
        return record.getFields().stream().allMatch(String::isBlank);
    }

    /// Reads a table, whose first line names its columns, perhaps after a title. Both functions say why the list can't
    /// be used, which ends it:
    ///
    /// ```java
    /// text.table("This is not valid CSV", names -> checked(names), line -> {
    ///     rows.add(new Row(line.number(), line.get("phone")));
    ///     return Optional.empty();
    /// });
    /// ```
    ///
    /// @return why the list can’t be used; empty if it can
    public Optional<String> table(
            String notCsv, Function<List<String>, Optional<String>> header, Function<Line, Optional<String>> each) {
        try (CsvReader<CsvRecord> csv = rows()) {
            Optional<List<String>> names = Optional.empty();
            var titles = new ArrayList<String>();
            for (CsvRecord record : csv) {
                if (isBlank(record)) {
                    continue;
                }
                if (names.isPresent()) {
                    Optional<String> broken = each.apply(new Line(names.get(), record));
                    if (broken.isPresent()) {
                        return broken;
                    }
                    continue;
                }
                List<String> named = record.getFields().stream()
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .toList();
                Optional<String> wrong = header.apply(named);
                wrong.ifPresent(titles::add);
                names = wrong.isEmpty() ? Optional.of(named) : names;
                if (titles.size() > MOST_TITLES) {
                    break;
                }
            }
            return names.isPresent()
                    ? Optional.empty()
                    : Optional.of(titles.isEmpty() ? "The list is empty" : titles.getFirst());
        } catch (CsvParseException failure) {
            return Optional.of(notCsv + ": " + failure.getMessage());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Opens the list. Lines may have more or fewer fields than the first one, which the reader has to look at.
    public CsvReader<CsvRecord> rows() {
        Matcher told = SEPARATOR.matcher(text);
        boolean isTold = told.lookingAt();
        return CsvReader.builder()
                .fieldSeparator(isTold ? told.group(1).charAt(0) : separator())
                .allowExtraCharsAfterClosingQuote(true) // "Meyer, Anna" <anna@example.com>, as mail programs copy it
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false) // it would swallow all lines below it
                .ofCsvRecord(isTold ? text.substring(told.end()) : text); // an empty line is left, and counted
    }

    /// The sign that parts most lines of the beginning into as many fields as the first, or else the first line into
    /// most: a comma can be within a field of a list with semicolons. Where none parts all lines alike,
    /// `|` counts, but not beside a blank, as in names.
    private char separator() {
        Map<Character, List<Integer>> fields = new LinkedHashMap<>();
        for (char sign : SEPARATORS) {
            fields.put(sign, withoutTitle(fields(sign)));
        }
        boolean isPiped = SEPARATORS.stream()
                .filter(sign -> sign != PIPE)
                .map(sign -> fields.getOrDefault(sign, List.of()))
                .noneMatch(counts -> counts.getFirst() > 1 && alike(counts) == counts.size());
        if (!isPiped || BESIDE_BLANK.matcher(text).find()) {
            fields.remove(PIPE);
        }
        if (fields.getOrDefault('\t', List.of(1)).getFirst() > 1) {
            return '\t';
        }
        return fields.entrySet().stream()
                .filter(entry -> entry.getValue().getFirst() > 1)
                .max(Comparator.comparingLong((Map.Entry<Character, List<Integer>> entry) -> alike(entry.getValue()))
                        .thenComparing(entry -> entry.getValue().getFirst())
                        .thenComparing(entry -> -SEPARATORS.indexOf(entry.getKey())))
                .map(Map.Entry::getKey)
                .orElse(',');
    }

    /// A title has no separators; the lines after it are a table if all have as many.
    private static List<Integer> withoutTitle(List<Integer> fields) {
        long titles = fields.stream().takeWhile(count -> count == 1).count();
        List<Integer> table = fields.subList((int) titles, fields.size());
        return titles <= MOST_TITLES && table.size() > 1 && alike(table) == table.size() ? table : fields;
    }

    private static long alike(List<Integer> fields) {
        return fields.stream().filter(fields.getFirst()::equals).count();
    }

    /// Returns how many fields a separator makes of each of the first lines; 1 for a list without lines.
    private List<Integer> fields(char separator) {
        var counts = new ArrayList<Integer>();
        int count = 1;
        boolean isQuoted = false;
        boolean isBlank = true;
        char before = '\n';
        for (int at = 0; at < text.length() && counts.size() < LINES_LOOKED_AT; at++) {
            char sign = text.charAt(at);
            boolean isEnd = sign == '\n' || sign == '\r';
            if (sign == '"') {
                isQuoted = !isQuoted && (isQuoted || before == separator || before == '\n' || before == '"');
            } else if (!isQuoted && isEnd) {
                if (!isBlank) {
                    counts.add(count);
                }
                count = 1;
                isBlank = true;
            } else if (!isQuoted && sign == separator) {
                count++;
            }
            isBlank &= Character.isWhitespace(sign) && sign != separator;
            before = isEnd ? '\n' : sign;
        }
        if (!isBlank || counts.isEmpty()) {
            counts.add(count);
        }
        return counts;
    }
}
