package dev.banyan.shortlinks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Owner;
import dev.banyan.shortlinks.Routing.Utm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortLinkCsvTest {

    private static final AccountId ACCOUNT = new AccountId(new UUID(0, 1));

    private static ShortLink link(String title, Utm utm) {
        return new ShortLink(
                new ShortLinkId(new UUID(0, 2)),
                new Owner(ACCOUNT, ACCOUNT),
                "spring",
                "https://shop.example/?a=1,2",
                title,
                List.of("one", "two"),
                true,
                7,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                "",
                Optional.empty(),
                new Routing(utm, List.of(), 1, List.of(), "", Routing.Chat.NONE, false),
                Instant.EPOCH);
    }

    private static String written(ShortLink link) throws IOException {
        var out = new ByteArrayOutputStream();
        ShortLinkCsv.write(last -> last.isEmpty() ? List.of(link) : List.of(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> utm(Changes<ShortLink> patch) {
        return Stream.of(
                        ShortLinkChange.UTM_SOURCE,
                        ShortLinkChange.UTM_MEDIUM,
                        ShortLinkChange.UTM_CAMPAIGN,
                        ShortLinkChange.UTM_TERM,
                        ShortLinkChange.UTM_CONTENT)
                .flatMap(field -> patch.get(field).stream())
                .toList();
    }

    /// Spreadsheets run such text as formulas.
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"https://evil.example\";\"x\")", "\t=1"})
    void noCellIsAFormula(String typed) throws IOException {
        String csv = written(link(typed, new Utm(typed, typed, typed, typed, typed)));

        CsvReader.builder()
                .ofCsvRecord(csv)
                .forEach(record ->
                        record.getFields().forEach(cell -> assertThat(cell).doesNotMatch("(?s)[=+@\\t\\r-].*")));
        assertThat(csv).contains("'" + typed.replace("\"", "\"\""));
    }

    @Test
    void whatIsExportedCanBeImported() throws IOException {
        String csv = written(link("Spring, \"new\"\nline", new Utm("a", "b", "c", "d", "e")));

        ShortLinkCsv.Line line =
                ((ShortLinkCsv.Parsed.Lines) ShortLinkCsv.read(csv)).lines().getFirst();
        assertThat(line.slug()).contains("spring");
        assertThat(line.patch().get(ShortLinkChange.TARGET)).contains("https://shop.example/?a=1,2");
        assertThat(line.patch().get(ShortLinkChange.TITLE)).contains("Spring, \"new\"\nline");
        assertThat(line.patch().get(ShortLinkChange.TAGS)).contains(List.of("one", "two"));
        assertThat(utm(line.patch())).containsExactly("a", "b", "c", "d", "e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-50% sale", "+1", "@home", "=1+1", "＝1", "'-50% sale", "''=1", "'tis", "'", "5 - 3"})
    void itComesBackAsItWas(String typed) throws IOException {
        String csv = written(link(typed, new Utm(typed, typed, typed, typed, typed)));

        Changes<ShortLink> patch = ((ShortLinkCsv.Parsed.Lines) ShortLinkCsv.read(csv))
                .lines()
                .getFirst()
                .patch();
        assertThat(patch.get(ShortLinkChange.TITLE)).contains(typed);
        assertThat(utm(patch)).hasSize(5).containsOnly(typed);
    }

    @Test
    void brokenListsAreRefusedWithTheReason() {
        assertThat(ShortLinkCsv.read("")).isInstanceOf(ShortLinkCsv.Parsed.Broken.class);
        assertThat(ShortLinkCsv.read("target")).isEqualTo(new ShortLinkCsv.Parsed.Broken("The list is empty"));
        assertThat(((ShortLinkCsv.Parsed.Broken) ShortLinkCsv.read("title\nx")).why())
                .contains("must name the columns, including target");
        assertThat(((ShortLinkCsv.Parsed.Broken) ShortLinkCsv.read("target,colour\nx,y")).why())
                .contains("Unknown column: “colour”");
        assertThat(ShortLinkCsv.read("target\n" + "x\n".repeat(1_001)))
                .isEqualTo(new ShortLinkCsv.Parsed.Broken("The list has more than 1,000 lines"));
        assertThat(ShortLinkCsv.read("\uFEFFtarget;title\nhttps://a.example;A"))
                .isInstanceOf(ShortLinkCsv.Parsed.Lines.class);
    }
}
