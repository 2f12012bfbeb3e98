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

    /// As mail programs copy people.
    @Test
    void quotesMayHaveTextBehindThem() throws IOException {
        List<List<String>> fields = fields(CsvText.of("email,role\n\"Meyer, Anna\" <a@b.example>,\"agent\" \n"));
        assertThat(fields.getLast()).hasSize(2);
        assertThat(ListWords.email(fields.getLast().getFirst())).isEqualTo("a@b.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b\n1,5;2", "a\tb\n1,5\t2", "a|b\n1,5|2", "\"a\"|\"b\"\n\"1,5\"|2"})
    void semicolonsAndTabsSeparateToo(String list) throws IOException {
        assertThat(fields(CsvText.of(list))).containsExactly(List.of("a", "b"), List.of("1,5", "2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Name, first\";\"Email\";\"Role\"\n\"Anna\";\"a@b.example\";\"user\"",
                "Name, first;Email;Role\nAnna;a@b.example;user",
                "Name, first;Email;Role\nOne, Anna;a@b.example;user",
                "Name, first;Email;Role",
                "Name, first|Email|Role\nAnna|a@b.example|user",
                "Name, first\tEmail\tRole\nOne; Anna\ta@b.example\tuser",
                "Name; first,Email,Role\nOne; Anna,a@b.example,user",
                "\"Name; first; last\",Email,Role\nAnna,a@b.example,user",
            })
    void whatSeparatesMostLinesAlikeSeparatesThem(String list) throws IOException {
        assertThat(fields(CsvText.of(list)))
                .allMatch(fields -> fields.size() == 3)
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Acme; Sons; Daughters,lead@a.example\nOther,lead@b.example",
                "Sales | Dubai,lead@a.example\nOther,lead@b.example",
                "5\" pipes,lead@a.example\nOther,lead@b.example",
            })
    void otherSignsOfOneLineAreText(String list) throws IOException {
        assertThat(fields(CsvText.of(list)))
                .extracting(List::getLast)
                .containsExactly("lead@a.example", "lead@b.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sales | Dubai\nSales | Abu Dhabi", "Sales", "Sales |\n| Dubai"})
    void aSignBesideABlankBelongsToAName(String list) throws IOException {
        assertThat(fields(CsvText.of(list)))
                .allMatch(fields -> fields.size() == 1)
                .isNotEmpty();
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
            UTF-16LE     | name\tcity;Söhne\tŁódź
            UTF-16BE     | name\tcity;Söhne\tŁódź
            windows-1252 | name,city;Söhne & Töchter – „Café“,Málaga;José Muñoz,Curaçao;50 €,Århus
            windows-1251 | название,адрес;Каждому человеку нужен дом,Москва и Санкт-Петербург;Весенняя распродажа,Новосибирск
            windows-1253 | όνομα,πόλη;Η ανοιξιάτικη συλλογή μας,Αθήνα και Θεσσαλονίκη;Κλείστε τραπέζι,Πάτρα
            windows-1256 | الاسم,المدينة;مجموعة الربيع الجديدة من متجرنا,دبي وأبوظبي;احجز طاولة في المطعم,القاهرة
            Shift_JIS    | 名前,住所;春の新しいコレクションはこちら,東京都渋谷区;お問い合わせ,大阪市
            windows-1252 | name;Søren
            windows-1252 | name;Müller
            windows-1252 | name;Petra Weiß
            windows-1252 | name;MÜLLER;ÁLVAREZ;MUÑOZ;FRANÇOIS
            windows-1252 | name;José;Åsa;François;Søren;Müller;João
            windows-1252 | name;¿Qué tal?;Mª Ángeles Peña;1º Begoña
            windows-1252 | nom;L’École d’Arçon;Hélène Lefèvre;Œuvre
            windows-1252 | nom;Marcel·lí;O´Brien;Brand® and Söhne™
            windows-1252 | size;a×b ± c;3×4
            windows-1252 | name;Sigurður Þórðarson;Guðrún Ýr
            windows-1252 | name;Päivi Mäkinen;Åke Öberg
            windows-1252 | name;Conceição Simões;Niccolò Forlì
            windows-1252 | offer;50 € – „Café“, 1½ m², 20 °C;© ® ™;£5 off…
            windows-1250 | target,slug;Łódź Gdańsk żółw;Małgorzata Dąbrowska
            windows-1250 | city;Gdańsk;Poznań
            windows-1250 | name;Jiří Dvořák;Růžena Němcová;Tomáš Kučera
            windows-1250 | name;Tomáš Novák;Šárka Kučerová
            windows-1250 | name;Szűcs Gergő;Erdős Péter
            windows-1250 | name;Ionuţ Bănescu;Braşov
            windows-1250 | name;Marković;Kovačić Đorđe
            ISO-8859-2   | name;Małgorzata Dąbrowska;Iga Świątek;Łódź
            ISO-8859-2   | name;Tomáš Novák;Žižková
            windows-1254 | ad;Gülşah Yıldız;İbrahim Öztürk
            windows-1254 | ad;Ayşe;Doğan
            ISO-8859-9   | ad;Gülşah Yıldız;Işık
            windows-1255 | name;שרה לוי;דוד כהן
            windows-1251 | name;Анна Иванова
            windows-1251 | name;Іванна Шевченко;Київ
            windows-1253 | name;Γιώργος;Ελένη Παπαδοπούλου
            windows-1256 | name;محمد علي;فاطمة
            windows-1257 | name;Kęstutis Žukauskas;Jūratė
            windows-1257 | name;Jānis Bērziņš;Rīga
            x-windows-874 | name;สมชาย ใจดี
            x-MacRoman   | name;Jörg Müller
            x-MacRoman   | name;Anna Weiß;Käthe Größer
            x-MacRoman   | name;José Muñoz;François;Hélène
            x-MacCyrillic | name;Анна Иванова;Сергей
            x-MacCentralEurope | name;Małgorzata Dąbrowska;Łódź
            IBM850       | name;Jörg Müller;Anna Weiß
            IBM850       | name;José Muñoz;Hélène
            IBM852       | name;Małgorzata Dąbrowska;Łódź;Paweł
            IBM866       | name;Анна Иванова
            KOI8-R       | name;Анна Иванова
            Big5         | 姓名;王小明;陳美麗;台北市
            GB18030      | 姓名;王小明;李娜;北京市
            EUC-KR       | 이름;김철수;서울
            EUC-JP       | 名前;山田太郎;東京都
            Shift_JIS    | 名前;山田太郎;東京都
            """)
    void aFileIsReadInTheEncodingThatItWasSavedIn(String encoding, String text) {
        String list = text.replace(';', '\n');
        byte[] file = list.getBytes(Charset.forName(encoding));
        assertThat(new String(file, Charset.forName(encoding)))
                .as("the encoding has all letters")
                .isEqualTo(list);

        assertThat(CsvText.decode(file)).isEqualTo(new CsvText.Decoded.Good(CsvText.of(list)));
    }

    @Test
    void theFirstOtherLettersOfALongListMayComeLate() {
        String list = "name,phone\n" + "Anna,+971500000100\n".repeat(10_000) + "Małgorzata Dąbrowska,+971500000101\n";
        assertThat(CsvText.decode(list.getBytes(Charset.forName("windows-1250"))))
                .isEqualTo(new CsvText.Decoded.Good(CsvText.of(list)));
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
        byte[] noise = new byte[200];
        new Random(7).nextBytes(noise);
        IntStream.range(0, noise.length).filter(i -> noise[i] >= 0).forEach(i -> noise[i] = 'x');
        assertThat(why(noise)).contains("can’t tell the encoding", "CSV UTF-8");
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
