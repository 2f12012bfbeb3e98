package dev.banyan.platform;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import de.siegmar.fastcsv.reader.CsvRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"a,b;c\n1,2;3", "\n  \na,b;c\n\n1,2;3\n", "\uFEFFa,b;c\r\n1,2;3", "\"a\",\"b;c\"\n1,\"2;3\""})
    void commasComeFirst(String list) throws IOException {
        assertThat(fields(CsvText.of(list))).containsExactly(List.of("a", "b;c"), List.of("1", "2;3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b\n1,5;2", "a\tb\n1,5\t2"})
    void semicolonsAndTabsSeparateToo(String list) throws IOException {
        assertThat(fields(CsvText.of(list))).containsExactly(List.of("a", "b"), List.of("1,5", "2"));
    }

    @Test
    void aFileIsUtf8OrNothing() {
        byte[] file = "\uFEFFné".getBytes(StandardCharsets.UTF_8);
        assertThat(CsvText.decode(file)).contains(new CsvText("né"));
        assertThat(CsvText.decode("né".getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
    }

    private static List<List<String>> fields(CsvText list) throws IOException {
        var fields = new ArrayList<List<String>>();
        try (var rows = list.rows()) {
            for (CsvRecord row : rows) {
                if (row.getFields().stream().anyMatch(field -> !field.isBlank())) {
                    fields.add(row.getFields());
                }
            }
        }
        return fields;
    }
}
