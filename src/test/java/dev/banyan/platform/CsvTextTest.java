package dev.banyan.platform;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import de.siegmar.fastcsv.reader.CsvRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UTF-8        | title,target
            UTF-8        | Söhne & Töchter,https://a.example
            UTF-16LE     | \uFEFFSöhne\thttps://a.example
            UTF-16BE     | \uFEFFSöhne\thttps://a.example
            windows-1252 | name,city;Söhne & Töchter – „Café“,Málaga;José Muñoz,Curaçao;50 €,Århus
            windows-1251 | название,адрес;Каждому человеку нужен дом,Москва и Санкт-Петербург;Весенняя распродажа,Новосибирск
            windows-1253 | όνομα,πόλη;Η ανοιξιάτικη συλλογή μας,Αθήνα και Θεσσαλονίκη;Κλείστε τραπέζι,Πάτρα
            windows-1256 | الاسم,المدينة;مجموعة الربيع الجديدة من متجرنا,دبي وأبوظبي;احجز طاولة في المطعم,القاهرة
            Shift_JIS    | 名前,住所;春の新しいコレクションはこちら,東京都渋谷区;お問い合わせ,大阪市
            """)
    void aFileIsReadInTheEncodingThatItWasSavedIn(String encoding, String text) {
        byte[] file = text.getBytes(Charset.forName(encoding));

        assertThat(CsvText.decode(file)).isEqualTo(new CsvText.Decoded.Good(CsvText.of(text)));
    }

    @Test
    void whatIsNoListSaysHowToSaveIt() {
        byte[] old = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
        assertThat(why(old)).contains("old kind", "Excel Workbook (.xlsx)", "CSV UTF-8");
        byte[] name = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
        byte[] sealed = Arrays.copyOf(old, old.length + name.length);
        System.arraycopy(name, 0, sealed, old.length, name.length);
        assertThat(why(sealed)).contains("protected by a password", "clear the password");
        assertThat(why(new byte[] {'G', 'I', 'F', 0, 1})).contains("not a CSV file");
    }

    private static String why(byte[] file) {
        return CsvText.decode(file).either(CsvText::text, why -> why);
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
