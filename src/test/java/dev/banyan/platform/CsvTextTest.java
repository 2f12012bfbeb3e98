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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sep=;\r\na;b\r\n1,5;2\r\n",
                "\uFEFFSEP=;\na;b\n1,5;2",
                "\"sep=;\"\na;b\n1,5;2",
                "sep=\t\na\tb\n1,5\t2",
                "sep=|\na|b\n1,5|2"
            })
    void theFirstLineMayTellWhatSeparates(String list) throws IOException {
        assertThat(fields(CsvText.of(list))).containsExactly(List.of("a", "b"), List.of("1,5", "2"));
        var numbers = new ArrayList<Integer>();
        CsvText.of(list).table("No CSV", _ -> Optional.empty(), line -> {
            numbers.add(line.number());
            return Optional.empty();
        });
        assertThat(numbers).as("counted as the file does").containsExactly(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b\n1,\"2\n3,4", "a,b\n1,\"2\n3,4\n5,\"6\"\n", "a,\"b\n1,2"})
    void aQuoteThatIsNotClosedSwallowsNoRows(String list) {
        assertThat(CsvText.of(list).table("No CSV", _ -> Optional.empty(), _ -> Optional.empty()))
                .hasValueSatisfying(why -> assertThat(why).startsWith("No CSV: "));
    }

    @Test
    void aQuotedFieldMayHaveLines() throws IOException {
        assertThat(fields(CsvText.of("a,b\n1,\"2\n\"\"3\"\"\"\n4,5\n")))
                .containsExactly(List.of("a", "b"), List.of("1", "2\n\"3\""), List.of("4", "5"));
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
