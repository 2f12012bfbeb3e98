package dev.banyan.platform;

import module java.base;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;

/// A list as spreadsheets write it: in UTF-8, with or without a byte order mark, separated by commas, by semicolons in
/// countries with a decimal comma, or by tabs in the clipboard.
///
/// @param text without a byte order mark
public record CsvText(String text) {

    /// Takes what a person pasted.
    public static CsvText of(String text) {
        return new CsvText(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    /// Decodes a file; empty if it is not UTF-8.
    public static Optional<CsvText> decode(byte[] file) {
        try {
            return Optional.of(of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString()));
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /// Opens the list. Lines may have more or fewer fields than the first one, which the reader has to look at.
    public CsvReader<CsvRecord> rows() {
        return CsvReader.builder()
                .fieldSeparator(separator())
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text);
    }

    private char separator() {
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        if (first.contains("\t")) {
            return '\t';
        }
        return first.contains(";") && !first.contains(",") ? ';' : ',';
    }
}
