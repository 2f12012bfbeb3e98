package dev.banyan.platform;

import static dev.banyan.platform.TestWorkbook.part;
import static dev.banyan.platform.TestWorkbook.relations;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkbookTest {

    private static final String DAMAGED = "The workbook is damaged. Open it in Excel, save it again and try again";
    private static final String TOO_LARGE = "The workbook is too large. Split the list, or save it as CSV in UTF-8";
    private static final String NO_SHEET =
            "This is not an Excel workbook with a sheet." + " Save the list as .xlsx or as CSV in UTF-8 and try again";

    @Test
    void theFirstSheetIsReadAsAPersonSeesIt() {
        String rows = """
                <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="s"><v>2</v></c></row>
                <row r="3"><c r="A3"><v>9.7150000010100003E11</v></c>
                  <c r="B3" t="inlineStr"><is><t>Söhne, &amp; "Töchter"</t></is></c><c r="C3" s="1"/>
                  <c r="D3" s="1"><v>46388</v></c><c r="E3" t="b"><v>1</v></c><c r="F3" s="9"/></row>
                <row r="4"><c r="A4" s="3"><v>971500000102</v></c><c r="B4" t="str"><f>A1&amp;"!"</f><v>cached!</v></c>
                  <c r="D4" s="2"><f>NOW()</f><v>46388.375</v></c><c r="E4" t="e"><v>#N/A</v></c></row>
                <row r="5"><c r="A5" s="1"/></row>
                <row r="1048576"><c r="A1048576" t="s"><v>3</v></c></row>
                """;
        byte[] file = new TestWorkbook(rows)
                .with("xl/styles.xml", part("styleSheet", """
                        <numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm;@"/>
                        <numFmt numFmtId="165" formatCode="&quot;+&quot;0"/></numFmts>
                        <cellStyleXfs><xf numFmtId="22"/></cellStyleXfs>
                        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>
                        <dxfs><dxf><numFmt numFmtId="166" formatCode="0"/></dxf></dxfs>"""))
                .with("xl/sharedStrings.xml", part("sst", """
                        <si><t>phone</t></si>
                        <si><r><t>na</t></r><r><t>me</t></r><rPh sb="0" eb="1"><t>spoken</t></rPh></si>
                        <si><t>day_x005F_x000D__x000D_</t></si><si><t xml:space="preserve"> </t></si>"""))
                .bytes();

        assertThat(text(file)).isEqualTo("""
                phone,name,,day_x000D_

                971500000101,"Söhne, & ""Töchter\""",,2027-01-01,TRUE
                +971500000102,cached!,,2027-01-01T09:00,#N/A
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            General              | 0.30000000000000004 | 0.3
            General              | 1E3                 | 1000
            General              | -12.50              | -12.5
            General              | 1E-999999999        | 0
            0.00E+00             | 971500000101        | 971500000101
            0%                   | 0.125               | 12.5%
            00000                | 1067                | 01067
            \\+0                 | 971500000101        | +971500000101
            _-#,##0.00 "days"    | 1234.5              | 1234.5
            [Red]0.0             | 7                   | 7
            mmm yy               | 46388               | 2027-01-01
            [$-407]d. mmmm yyyy  | 59                  | 1900-02-28
            yyyy/mm/dd           | 61                  | 1900-03-01
            h:mm AM/PM           | 0.75                | 18:00
            [h]:mm               | 1.5                 | 36:00
            yyyy-mm-dd hh:mm:ss  | 46388.99999         | 2027-01-01T23:59:59
            yyyy-mm-dd           | -1                  | -1
            """)
    void numbersAreShownAsTheirFormatSays(String code, String stored, String shown) {
        assertThat(new CellFormat(code).show(stored, false)).isEqualTo(shown);
    }

    @Test
    void daysOfOldMacsBeginIn1904() {
        byte[] file = new TestWorkbook("<row><c s=\"0\"><v>44926</v></c></row>")
                .with("xl/styles.xml", part("styleSheet", "<cellXfs><xf numFmtId=\"14\"/></cellXfs>"))
                .with("xl/workbook.xml", part("workbook", """
                        <workbookPr date1904="1"/><sheets><sheet name="List" sheetId="1" r:id="r0"/></sheets>"""))
                .bytes();

        assertThat(text(file)).isEqualTo("2027-01-01\n");
    }

    @Test
    void theFirstSheetIsTheFirstThatIsSeen() {
        byte[] file = new TestWorkbook("<row><c><v>1</v></c></row>")
                .with("xl/workbook.xml", part("workbook", """
                        <sheets><sheet name="A" sheetId="7" state="veryHidden" r:id="r0"/>
                        <sheet name="C" sheetId="8" r:id="r2"/><sheet name="B" sheetId="9" r:id="r4"/></sheets>"""))
                .with(
                        "xl/_rels/workbook.xml.rels",
                        relations(
                                "worksheet",
                                "worksheets/sheet1.xml",
                                "chartsheet",
                                "c.xml",
                                "worksheet",
                                "sheets/b.xml"))
                .with("xl/sheets/b.xml", part("worksheet", "<sheetData><row><c><v>2</v></c></row></sheetData>"))
                .bytes();

        assertThat(text(file)).isEqualTo("2\n");
    }

    /// Excel begins with a sheet that people leave as it is.
    @Test
    void anEmptySheetBeforeTheListIsPassed() {
        byte[] file = new TestWorkbook("<row><c/></row>")
                .with("xl/workbook.xml", part("workbook", """
                        <sheets><sheet name="Sheet1" sheetId="1" r:id="r0"/>
                        <sheet name="List" sheetId="2" r:id="r2"/></sheets>"""))
                .with(
                        "xl/_rels/workbook.xml.rels",
                        relations("worksheet", "worksheets/sheet1.xml", "worksheet", "sheets/b.xml"))
                .with("xl/sheets/b.xml", part("worksheet", "<sheetData><row><c><v>2</v></c></row></sheetData>"))
                .bytes();

        assertThat(text(file)).isEqualTo("2\n");
    }

    @Test
    void anEmptySheetIsAnEmptyList() {
        assertThat(text(TestWorkbook.of(""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<row r=\"2\"/><row r=\"2000000\"><c><v>1</v></c></row>",
                "<row r=\"2\"><c><v>1</v></c></row><row r=\"1\"><c><v>1</v></c></row>",
                "<row><c t=\"s\"><v>2000000000</v></c></row>",
                "<row><c t=\"s\"><v>-1</v></c></row>",
                "<row><c><v>1E400</v></c></row>",
                "<row><c><v>twelve</v></c></row>",
                "<row><c><v>1</v></row>",
                "<row><c t=\"inlineStr\"><is><t>&undefined;</t></is></c></row>"
            })
    void aDamagedWorkbookSaysSo(String rows) {
        assertThat(why(TestWorkbook.of(rows))).isEqualTo(DAMAGED);
    }

    @Test
    void aFileThatEndsEarlyIsDamaged() {
        byte[] file = TestWorkbook.of("<row><c><v>1</v></c></row>");
        for (int length = 4; length < file.length; length += 13) {
            byte[] part = Arrays.copyOf(file, length);
            assertThat(CsvText.decode(part).<Object>either(CsvText::text, why -> List.of(why)))
                    .as("the first %s bytes", length)
                    .isIn(List.of(DAMAGED), List.of(NO_SHEET), "1\n");
        }
    }

    @Test
    void otherFilesThatAreZipsAreNoWorkbooks() {
        assertThat(why(new TestWorkbook("")
                        .with("_rels/.rels", relations("image", "a.png"))
                        .bytes()))
                .isEqualTo(NO_SHEET);
        assertThat(why(new TestWorkbook("")
                        .with("xl/workbook.xml", part("document", ""))
                        .bytes()))
                .isEqualTo(NO_SHEET);
    }

    @Test
    void noDocumentTypeIsRead() {
        String bomb = "<!DOCTYPE sst [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><sst><si><t>&b;</t></si></sst>";
        String outside = "<!DOCTYPE sst SYSTEM \"file:///etc/passwd\"><sst/>";
        for (String strings : List.of(bomb, outside)) {
            assertThat(why(new TestWorkbook("")
                            .with("xl/sharedStrings.xml", strings)
                            .bytes()))
                    .isEqualTo(DAMAGED);
        }
    }

    @Test
    void aFormulaWithoutItsResultIsNotPassedOver() {
        assertThat(why(TestWorkbook.of("<row r=\"7\"><c><f>1+1</f></c></row>")))
                .isEqualTo("Row 7 of the workbook has a formula without its result."
                        + " Open it in Excel, save it and try again");
    }

    @Test
    void everythingHasALimit() {
        assertThat(why(TestWorkbook.of("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>")))
                .isEqualTo("Row 1 of the workbook has more than 1,000 columns");
        assertThat(why(TestWorkbook.of("<row r=\"1\"><c r=\"ZZZZZZZZZZ1\"><v>1</v></c></row>")))
                .isEqualTo("Row 1 of the workbook has more than 1,000 columns");
        assertThat(why(TestWorkbook.of("<row><c t=\"str\"><v>" + "a".repeat(32_768) + "</v></c></row>")))
                .isEqualTo("A cell of the workbook has more than 32,767 characters");
        // One text, shown in many cells.
        assertThat(why(new TestWorkbook("<row><c t=\"s\"><v>0</v></c></row>".repeat(520))
                        .with("xl/sharedStrings.xml", part("sst", "<si><t>" + "a".repeat(32_767) + "</t></si>"))
                        .bytes()))
                .isEqualTo(TOO_LARGE);
        assertThat(why(new TestWorkbook("")
                        .with("xl/sharedStrings.xml", part("sst", "<si/>".repeat(1_100_000)))
                        .bytes()))
                .isEqualTo(TOO_LARGE);
        for (String content :
                List.of("<a b=\"" + "a".repeat(5_000_000) + "\"/>", "<cellXfs>" + "<xf/>".repeat(70_000))) {
            assertThat(why(new TestWorkbook("")
                            .with("xl/styles.xml", part("styleSheet", content))
                            .bytes()))
                    .isEqualTo(TOO_LARGE);
        }
        assertThat(why(TestWorkbook.of("<a>".repeat(200)))).isEqualTo(DAMAGED);
        var parts = new TestWorkbook("");
        IntStream.range(0, 5_000).forEach(i -> parts.with("a" + i, ""));
        assertThat(why(parts.with("xl/styles.xml", part("styleSheet", "")).bytes()))
                .isEqualTo(TOO_LARGE);
    }

    /// The bytes are unpacked on the way to the sheet, though nothing reads them.
    @Test
    void aBombInAnotherPartIsNotUnpackedToItsEnd() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("bomb"));
            byte[] zeros = new byte[1024 * 1024];
            for (int i = 0; i < 201; i++) {
                zip.write(zeros);
            }
        }

        assertThat(why(bytes.toByteArray())).isEqualTo(TOO_LARGE);
    }

    private static String text(byte[] file) {
        return CsvText.decode(file).either(CsvText::text, why -> "unreadable: " + why);
    }

    private static String why(byte[] file) {
        return CsvText.decode(file).either(text -> "a list: " + text.text(), why -> why);
    }
}
