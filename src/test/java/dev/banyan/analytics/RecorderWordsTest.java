package dev.banyan.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The details read from a visit, and how little is kept.
class RecorderWordsTest {

    @ParameterizedTest
    @CsvSource({
        "'de-AT,de;q=0.9,en;q=0.8',de",
        "en,en",
        "'EN-us',en",
        "fil,fil",
        "'*',''",
        "'',''",
        "english,''",
        "'x',''"
    })
    void aLanguageIsTheFirst(String accepted, String language) {
        assertThat(VisitReader.language(accepted)).isEqualTo(language);
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.77,203.0.113.0", "2001:db8:1:2:3:4:5:6,2001:db8:1::", "not-an-address,''", "'',''"})
    void anAddressLosesItsLastPart(String address, String shortened) {
        assertThat(VisitReader.shortened(address)).isEqualTo(shortened);
    }
}
