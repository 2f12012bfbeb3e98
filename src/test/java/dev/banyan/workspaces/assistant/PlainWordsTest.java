package dev.banyan.workspaces.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Messages of people, and the words of rules, in the languages of their users.
final class PlainWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What does it COST?                | cost",
                "the new price-list, please        | price list",
                "the new price list, please        | Price-List",
                "Où est le café ?                  | ou est",
                "Un cafe                           | café",
                "Größe und Straße                  | strasse",
                "STRASSE                           | straße",
                "KOŞ, İSTANBUL                     | istanbul",
                "ISPARTA                           | ısparta",
                "don’t worry                       | dont worry",
                "ma'a salama!                      | Maa salama",
                "Καλημέρα σας                      | ΚΑΛΗΜΕΡΑ ΣΑΣ",
                "ЁЛКА                              | елка",
                "ｆｕｌｌ ｗｉｄｔｈ                 | full width",
                "هل أنتم مفتوحون؟                  | انتم",
                "اَلسَّعْرُ كم                      | السعر",
                "الـــسعر                          | السعر",
                "غرفة                              | غرفه",
                "مبنى                              | مبني",
                "رقم ٤٢                            | رقم 42",
                "שָׁלוֹם לכם                         | שלום",
                "ราคาเท่าไหร่ครับ                  | ราคา",
                "สวัสดีค่ะ                         | สวัสดี",
                "请问价格是多少                      | 价格",
                "価格はいくらですか                  | いくら",
                "가격은 얼마예요?                    | 가격",
                "कीमत क्या है                        | कीमत",
                "well 👍                           | 👍",
                "it costs 5 €                      | €",
                "a\u200Db\u200B c                  | ab c",
            })
    void aPhraseIsFound(String said, String phrase) {
        assertThat(PlainWords.of(said).contain(phrase)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prehistory                        | history",
                "chill                             | hi",
                "price of the list                 | price list",
                "list price                        | price list",
                "ราคา                              | ราค่า",
                "कम                                | काम",
                "J'ai dit                          | ai",
                "각                                | 가",
                "hello                             | ???",
                "1234                              | 12",
            })
    void whatIsNotSaidIsNotFound(String said, String phrase) {
        assertThat(PlainWords.of(said).contain(phrase)).isFalse();
    }

    @Test
    void aListOfPhrasesIsCutAtCommasOfAllScripts() {
        assertThat(PlainWords.phrases(" price , how much,,?,سعر، كم、価格\nlast "))
                .containsExactly("price", "how much", "سعر", "كم", "価格", "last");
    }

    @Test
    void nothingIsFoundInNothing() {
        assertThat(PlainWords.of("").contain("")).isFalse();
        assertThat(PlainWords.of(" ?! ").isEmpty()).isTrue();
    }
}
