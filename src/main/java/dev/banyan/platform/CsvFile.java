package dev.banyan.platform;

import module java.base;
import de.siegmar.fastcsv.writer.CsvWriter;

/// Writes a table as spreadsheets open it: in UTF-8, which a mark at its beginning says, and without a cell that they
/// would run as a formula. [CsvText] reads it back as it was.
public final class CsvFile implements AutoCloseable {

    static final String MARK = "\uFEFF";

    /// What a spreadsheet would run; the full-width forms are used in East Asia. Leading apostrophes are included: one
    /// is added in a file, and removed again when it is read.
    private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\t\r\n＝＋－＠].*", Pattern.DOTALL);

    /// How other programs keep a spreadsheet from reading a text as a number: `="0123"`.
    private static final Pattern TEXT = Pattern.compile("=\"(?:[^\"]|\"\")*+\"");

    private static final Pattern PHONE = Pattern.compile("\\+[0-9]{7,15}");

    private final CsvWriter csv;

    public CsvFile(OutputStream out) throws IOException {
        var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        text.write(MARK);
        this.csv = CsvWriter.builder().build(text);
    }

    public void row(String... cells) {
        row(List.of(cells));
    }

    public void row(List<String> cells) {
        csv.writeRecord(cells.stream().map(CsvFile::harmless).toList());
    }

    /// Adds an apostrophe to what spreadsheets would run, so that they treat it as text.
    static String harmless(String cell) {
        return FORMULA.matcher(cell).matches() && !PHONE.matcher(cell).matches() ? "'" + cell : cell;
    }

    /// Returns a cell as it was before its file was written.
    public static String asTyped(String cell) {
        return cell.startsWith("'") && FORMULA.matcher(cell).matches()
                ? cell.substring(1)
                : TEXT.matcher(cell).matches()
                        ? cell.substring(2, cell.length() - 1).replace("\"\"", "\"")
                        : cell;
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
