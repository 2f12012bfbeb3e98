package dev.banyan.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.workspaces.MessageText.Checked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTextTest {

    @Test
    void linesTabsAndMarksOfDirectionBelongToWhatPeopleType() {
        assertThat(MessageText.check("  one\r\ntwo\rthree\tfour \u200F\u0645\u0631\u062D\u0628\u0627 👩‍👧 \n "))
                .isEqualTo(new Checked.Good("one\ntwo\nthree\tfour \u200F\u0645\u0631\u062D\u0628\u0627 👩‍👧"));
    }

    @Test
    void fourThousandCharactersAreTheMostWhateverTheyWeigh() {
        String longest = "🌿".repeat(MessageText.LONGEST);
        assertThat(MessageText.check(longest)).isEqualTo(new Checked.Good(longest));
        assertThat(error(longest + "x")).isEqualTo("Message must be 4000 characters or less (current: 4001)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t \r\n", "\u2003", "\u200B", "\u2060\u00AD"})
    void nothingIsNoMessage(String nothing) {
        assertThat(error(nothing)).isEqualTo("Message is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\u001Bb", "a\u007Fb", "a\u0085b", "a\uD800b", "a\uFFFDb", "a\uFFFFb"})
    void whatNoKeyboardSendsIsRefused(String text) {
        assertThat(error(text)).isEqualTo("Message must not contain control characters");
    }

    private static String error(String text) {
        return ((Checked.Bad) MessageText.check(text)).invalid().apiMessage();
    }
}
