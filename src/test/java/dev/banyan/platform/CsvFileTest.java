package dev.banyan.platform;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What spreadsheets do with the files that they are given.
class CsvFileTest {

    private static String written(String... cells) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var file = new CsvFile(out)) {
            file.row("title", "more");
            file.row(cells);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void itSaysThatItIsUtf8() throws IOException {
        assertThat(written("Söhne", "x")).isEqualTo("\uFEFFtitle,more\r\nSöhne,x\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\tx",
                "\r=1",
                "＝1",
                "'=1",
                "''=1",
                "-50% sale",
                "=\"0123\"",
                "=HYPERLINK(\"https://a.example\")"
            })
    void aFormulaIsTextAndComesBackAsItWas(String cell) throws IOException {
        String file = written(cell, "x");

        assertThat(file).contains("'" + cell.replace("\"", "\"\""));
        CsvText.of(file).table("", _ -> Optional.empty(), line -> {
            assertThat(line.get("title")).isEqualTo(cell.strip());
            return Optional.empty();
        });
    }

    /// Other programs keep zeros in this way.
    @ParameterizedTest
    @ValueSource(strings = {"=\"0123\"", "\"=\"\"0123\"\"\""})
    void aTextWithinAFormulaIsReadAsTheText(String cell) {
        assertThat(CsvText.of("title,more\n" + cell + ",x\n").table("", _ -> Optional.empty(), line -> {
                    assertThat(line.get("title")).isEqualTo("0123");
                    assertThat(line.cells()).containsExactly("0123", "x");
                    return Optional.empty();
                }))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+971500000101", "a=1, +971500000101", "5 - 3", "'tis", "https://a.example/?b=-1"})
    void whatIsNoFormulaStaysAsItIs(String cell) throws IOException {
        assertThat(written(cell, "x")).contains(cell).doesNotContain("'" + cell);
    }
}
