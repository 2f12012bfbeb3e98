package dev.banyan.console.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    @Test
    void optionsAreReadInAnyOrderAndInBothForms() {
        Arguments arguments = Arguments.parse(List.of(
                "--look-in",
                "/a",
                "--look-in=/b",
                "-c",
                "use --account x",
                "--account=maya",
                "--data",
                "/d/../e",
                "--wait",
                "--no-color",
                "--url",
                "http://h:1"));

        assertThat(arguments.command()).contains("use --account x");
        assertThat(arguments.account()).contains("maya");
        assertThat(arguments.data()).contains(Path.of("/e"));
        assertThat(arguments.lookIn()).containsExactly(Path.of("/a"), Path.of("/b"));
        assertThat(arguments.url()).contains("http://h:1");
        assertThat(arguments.waits()).isTrue();
        assertThat(arguments.colours()).isFalse();
        assertThat(arguments.words()).isEmpty();
    }

    @Test
    void withoutOptionsItIsASessionWithColours() {
        Arguments arguments = Arguments.parse(List.of());

        assertThat(arguments.command()).isEmpty();
        assertThat(arguments.colours()).isTrue();
        assertThat(arguments.waits()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c", "--data", "--data=", "--url", "--account", "-x", "--colour=never", "--"})
    void whatCannotBeReadIsNamed(String option) {
        assertThatThrownBy(() -> Arguments.parse(List.of(option)))
                .isInstanceOf(Arguments.Wrong.class)
                .hasMessageContaining(option.replaceFirst("=.*", ""));
    }
}
