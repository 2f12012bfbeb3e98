package dev.banyan.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsernameOfTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    Łódź Rowery       | lodz-rowery
                    Café Noor         | cafe-noor
                    Joe's Café        | joes-cafe
                    Straße & Söhne    | strasse-sohne
                    Đặng Café         | dang-cafe
                    Ağrı              | agri
                    İstanbul          | istanbul
                    مقهى النور        | mqhy-alnwr
                    کافه تهران        | kafh-thran
                    בית קפה           | byt-qph
                    Кофе Дом          | kofe-dom
                    Καφές Ωραίος      | kaphes-oraios
                    ร้านกาแฟ กรุงเทพ  | ran-kafae-krungtheph
                    카페 서울         | kape-seoul
                    咖啡馆            | ka-fei-guan
                    हिन्दी दुकान      | hindi-dukana
                    ქართული           | kartuli
                    ʻOkina            | okina
                    """)
    void lettersOfAnyScriptAreWrittenInLatin(String name, String username) {
        assertThat(Names.usernameOf(name)).contains(username);
    }

    @ParameterizedTest
    @ValueSource(strings = {"👩‍🍳", "Ω", "\u200F", "!?"})
    void tooLittleIsNoUsername(String name) {
        assertThat(Names.usernameOf(name)).isEmpty();
    }
}
