package dev.banyan.workspaces.access;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathnamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Marketing Department|marketing-department",
                "  Sales   Team  |sales-team",
                "Q3 – Review|q3-review",
                "a--b|a-b",
                "--a--|a",
                "R&D / Research|rd-research",
                "snake_case|snakecase",
                "Café Zürich|caf-zrich",
                "İstanbul|istanbul",
                "\u00a0No\u2003break\ufeff|no-break",
                "Tab\there|tab-here",
                "\u212aelvin|kelvin",
                "مرحبا 24|24",
                "مرحبا|workspace",
                "!!!|workspace",
                "-|workspace",
                "100%|100",
            })
    void aNameBecomesAPathname(String name, String pathname) {
        assertThat(Pathnames.of(name)).isEqualTo(pathname);
    }

    @Test
    void aLongOneIsCutWithoutAHyphenAtItsEnd() {
        assertThat(Pathnames.of("x".repeat(80))).isEqualTo("x".repeat(50));
        assertThat(Pathnames.of("x".repeat(49) + " tail")).isEqualTo("x".repeat(49));
    }

    /// Ten thousand names of letters, symbols, spaces and hyphens, and of arbitrary characters.
    @Test
    void whateverTheNameThePathnameCanStandInAnAddress() {
        var random = new Random(20_261_120);
        for (int i = 0; i < 10_000; i++) {
            String name = random.ints(random.nextInt(70), 0, i % 2 == 0 ? 0x80 : Character.MAX_CODE_POINT)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            String pathname = Pathnames.of(name);
            assertThat(pathname).as(name).matches("[a-z0-9]+(-[a-z0-9]+)*").hasSizeLessThanOrEqualTo(50);
            assertThat(Pathnames.of(pathname)).isEqualTo(pathname);
            assertThat(Pathnames.broken(pathname)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sales", "a b", "a_b", "ä", "a/b", "a.b", "a\n"})
    void typedOnesHaveARule(String typed) {
        assertThat(Pathnames.broken(typed).orElseThrow().apiMessage())
                .isEqualTo("pathname must contain only lowercase letters, numbers, and hyphens");
    }

    @Test
    void typedOnesHaveALength() {
        assertThat(Pathnames.broken("x".repeat(50))).isEmpty();
        assertThat(Pathnames.broken("x".repeat(51)).orElseThrow().apiMessage())
                .isEqualTo("pathname must be 50 characters or less (current: 51)");
    }
}
