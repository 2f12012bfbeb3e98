package dev.banyan.whatsapp.campaigns;

import static dev.banyan.platform.outcome.Outcomes.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientCsvTest {

    @Test
    void columnsNextToPhoneAndNameAreFields() {
        assertThat(rows("\uFEFFPhone,Name,City,Code\n+971500000101,Amira,\"Dubai, UAE\",\n\n+971500000102\n"))
                .containsExactly(
                        new NewRecipient("+971500000101", "Amira", Map.of("city", "Dubai, UAE")),
                        new NewRecipient("+971500000102", "", Map.of()));
    }

    @Test
    void listsOfSpreadsheetsAndOfNumbersAloneAreRead() {
        assertThat(rows("phone number;name\r\n+971500000101;Amira")).hasSize(1);
        assertThat(rows("mobile\tname\n+971500000101\tAmira").getFirst().name()).isEqualTo("Amira");
        assertThat(rows("+971500000101\n+971500000102,Omar"))
                .containsExactly(
                        new NewRecipient("+971500000101", "", Map.of()),
                        new NewRecipient("+971500000102", "Omar", Map.of()));
    }

    @Test
    void ofAllNumbersInACellTheFirstOneCounts() {
        assertThat(rows("Name,Phone 1 - Value\nAmira,+971 50 000 0101 ::: +971 50 000 0102"))
                .containsExactly(new NewRecipient("+971 50 000 0101", "Amira", Map.of()));
    }

    /// In place of a name, the second one would never be written to, and the third one would be left out in silence.
    @Test
    void aLineOfNumbersHasARecipientEach() {
        assertThat(rows("+971500000101, +971500000102, 00971 50 000 0103\n+971500000104"))
                .extracting(row -> row.phone().strip())
                .containsExactly("+971500000101", "+971500000102", "00971 50 000 0103", "+971500000104");
        assertThat(rows("+971500000101;+971500000102;+971500000103")).hasSize(3);
        assertThat(rows("phone,name\n+971500000101,0501234567"))
                .containsExactly(new NewRecipient("+971500000101", "0501234567", Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "Telefonnummer;Name",
        "Handy;Anzeigename",
        "Téléphone;Nom complet",
        "رقم الجوال;الاسم",
        "Phone 1 - Value;Name",
        "phone_number;full_name",
        "Nomor HP;Name",
        "Số điện thoại;Name",
        "फ़ोन नंबर;Name",
        "WA (with country code);Name",
        "Номер телефона;ФИО"
    })
    void theHeaderMayBeInAnotherLanguage(String header) {
        NewRecipient row = rows(header + "\n+971500000101;Amira").getFirst();
        assertThat(row.phone()).isEqualTo("+971500000101");
        assertThat(row.name()).isEqualTo("Amira");
        assertThat(row.fields().keySet())
                .as("what a message may refer to")
                .isSubsetOf(FieldText.name(header.split(";")[1]));
    }

    /// An address book exports a column for everything that it could know.
    @Test
    void columnsWithoutAnyValueAreNoColumns() {
        String unused = IntStream.range(0, 60).mapToObj(i -> "Custom " + i).collect(Collectors.joining(","));
        String header = "Name,Mobile,Phone,City,Label,Label," + unused;
        assertThat(rows(header + "\nAmal,+971500001001,,Dubai,,\nOmar,+971500001002,,,,,"))
                .containsExactly(
                        new NewRecipient("+971500001001", "Amal", Map.of("city", "Dubai")),
                        new NewRecipient("+971500001002", "Omar", Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name,city|The first line must name the columns, one of them “phone”",
                "phone,mobile|The list is empty",
                "phone,City,city|The first line names a column twice",
                "phone|The list is empty"
            })
    void aBadListSaysWhatIsWrong(String list, String why) {
        assertThat(RecipientCsv.read(list.getBytes(StandardCharsets.UTF_8), 10)).isEqualTo(broken(why));
    }

    @Test
    void aColumnOfUnknownNameIsOfNumbersOnlyIfItIsTheOnlyOneWithNothingElse() {
        assertThat(rows("Nama,Nomor HP\nBudi,+971500000101\nAni,+971500000102"))
                .extracting(NewRecipient::phone)
                .containsExactly("+971500000101", "+971500000102");
        for (String list : List.of(
                "Nama,Nomor HP\nBudi,+971500000101\nAni,unknown",
                "HP 1,HP 2\n+971500000101,+971500000102",
                "Our customers\nphone,name\n+971500000101,Amira")) {
            assertThat(RecipientCsv.read(list.getBytes(StandardCharsets.UTF_8), 10))
                    .isEqualTo(broken("The first line must name the columns, one of them “phone”"));
        }
    }

    @Test
    void aQuoteThatIsNotClosedIsRefused() {
        byte[] list = "phone,name\n+971500001001,\"Amal\n+971500001002,Omar\n".getBytes(StandardCharsets.UTF_8);
        assertThat(RecipientCsv.read(list, 10)).isInstanceOf(Outcome.Refused.class);
        assertThat(rows("sep=;\r\nphone;name\r\n+971500001001;Amal\r\n"))
                .containsExactly(new NewRecipient("+971500001001", "Amal", Map.of()));
    }

    @Test
    void aListMayBeTooLongAndTooLarge() {
        assertThat(RecipientCsv.read("phone\n1\n2\n3\n".getBytes(StandardCharsets.UTF_8), 2))
                .isEqualTo(broken("The list has more than 2 rows"));
        assertThat(RecipientCsv.read(new byte[RecipientCsv.LARGEST + 1], 2)).isInstanceOf(Outcome.Refused.class);
        assertThat(RecipientCsv.read(new byte[] {(byte) 0xFF, (byte) 0xFE}, 2)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void longValuesAreCut() {
        NewRecipient row = rows("phone,name,city\n" + "1".repeat(200) + "," + "n".repeat(200) + "," + "c".repeat(999))
                .getFirst();
        assertThat(row.phone()).hasSize(180);
        assertThat(row.name()).hasSize(100);
        assertThat(row.fields().get("city")).hasSize(500);
    }

    private static Outcome<List<NewRecipient>> broken(String why) {
        return Outcome.rejected(new Invalid("csv", why, why + "."));
    }

    private static List<NewRecipient> rows(String list) {
        return value(RecipientCsv.read(list.getBytes(StandardCharsets.UTF_8), 100));
    }

    /// As address books, shops and CRMs name them.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "WhatsApp Phone Number",
                "Mobile Phone",
                "MobilePhone",
                "Cell",
                "Phone 1 - Value",
                "Telefon mobil",
                "Celular",
                "Número de celular",
                "Teléfono móvil",
                "Handynummer (WhatsApp)",
                "Mobile No.",
                "WhatsApp No",
                "Billing Phone",
                "Default Address Phone",
                "Person - Phone - Mobile",
                "SMS Phone Number",
                "WHATSAPP",
                "رقم الواتساب / واتساب",
                "Téléphone portable",
                "Primary Phone",
                "Numer telefonu komórkowego (telefon)"
            })
    void aColumnOfNumbersIsKnownByAWordInItsName(String header) {
        assertThat(rows("First Name;" + header + ";Phone Type\nAmal;050 000 0101;Home\n"))
                .extracting(NewRecipient::phone, row -> row.fields().get("phone type"))
                .containsExactly(tuple("050 000 0101", "Home"));
    }

    @Test
    void ofSeveralNumbersTheOneOnWhatsAppIsWrittenTo() {
        String list = """
                name,Phone,Home Phone,Mobile Phone,WhatsApp Number,Phone Country Code,Phone model
                Amal,04 000 0101,04 000 0102,050 000 0103,050 000 0104,971,Pixel 9
                Omar,04 000 0105,,050 000 0106,,971,
                Lina,04 000 0107,,,,971,
                """;
        assertThat(rows(list))
                .extracting(NewRecipient::phone)
                .containsExactly("050 000 0104", "050 000 0106", "04 000 0107");
        assertThat(rows(list).getFirst().fields())
                .isEqualTo(Map.of("phone country code", "971", "phone model", "Pixel 9"));
    }
}
