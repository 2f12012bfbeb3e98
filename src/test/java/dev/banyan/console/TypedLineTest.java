package dev.banyan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TypedLineTest {

    static Stream<Arguments> lines() {
        return Stream.of(
                arguments("", List.of()),
                arguments("   ", List.of()),
                arguments("status", List.of("status")),
                arguments("  list-servants \t ", List.of("list-servants")),
                arguments(
                        "add-secondary amira-nasser +971500000102 \"Sales Team\" support",
                        List.of("add-secondary", "amira-nasser", "+971500000102", "Sales Team", "support")),
                arguments("use 'Sales Team'", List.of("use", "Sales Team")),
                arguments("use \"it's mine\"", List.of("use", "it's mine")),
                arguments("use 'the \"best\" team'", List.of("use", "the \"best\" team")),
                arguments("use O'Brien Cash", List.of("use", "O'Brien", "Cash")),
                arguments("use 'O'Brien' x", List.of("use", "O'Brien", "x")),
                arguments("use \"\" x", List.of("use", "", "x")),
                arguments("use ''", List.of("use", "")),
                arguments("Use Amira-NASSER", List.of("Use", "Amira-NASSER")),
                arguments("use C:\\new !! $HOME", List.of("use", "C:\\new", "!!", "$HOME")),
                arguments("use أميرة “x”", List.of("use", "أميرة", "“x”")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void wordsAreCutAtSpacesOutsideQuotes(String line, List<String> words) {
        assertThat(TypedLine.of(line).words()).isEqualTo(words);
        assertThat(TypedLine.of(line).openQuote()).isEmpty();
    }

    @Test
    void aQuoteThatIsNotClosedIsNoticed() {
        assertThat(TypedLine.of("use \"Sales Team").openQuote()).contains('"');
        assertThat(TypedLine.of("use 'Sales Team\"").openQuote()).contains('\'');
        assertThat(TypedLine.of("use \"").openQuote()).contains('"');
        assertThat(TypedLine.of("use \"Sales\"Team").openQuote()).contains('"');
    }

    @Test
    void theLastWordGoesOnWhileNothingStandsBehindIt() {
        assertThat(TypedLine.of("use am").endsInsideWord()).isTrue();
        assertThat(TypedLine.of("use \"Sales Te").endsInsideWord()).isTrue();
        assertThat(TypedLine.of("use ").endsInsideWord()).isFalse();
        assertThat(TypedLine.of("").endsInsideWord()).isFalse();
    }
}
