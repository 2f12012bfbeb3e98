package dev.banyan.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    /// A launcher adds `--data` at the end: an option without its value must not take that for one.
    @ParameterizedTest
    @CsvSource(textBlock = """
                    serve --port --data /var/lib/banyan,        the option --port needs a value
                    backup /backups --keep --data /var/lib/x,   the option --keep needs a value
                    serve --data --port 8080,                   the option --data needs a value
                    serve --data=,                              the option --data needs a value
                    serve --port= --data /var/lib/banyan,       the option --port needs a value
                    doctor --data,                              the option --data needs a value
                    backup --data /var/lib/banyan,              backup needs a FILE
                    """)
    void whatIsMissingIsNamed(String typed, String told) {
        assertThatExceptionOfType(CommandLine.Wrong.class)
                .isThrownBy(() -> CommandLine.parse(typed.split(" ")))
                .withMessageContaining(told);
    }

    @Test
    void aFileWithoutANameIsMissing() {
        assertThatExceptionOfType(CommandLine.Wrong.class)
                .isThrownBy(() -> CommandLine.parse("backup", "", "--data", "/var/lib/banyan"))
                .withMessageContaining("backup needs a FILE");
    }

    @Test
    void optionsMayStandAnywhere() {
        CommandLine line = CommandLine.parse("backup", "--keep=7", "/backups", "--data", "/var/lib/banyan");

        assertThat(line.operands()).containsExactly("/backups");
        assertThat(line.settings()).isEqualTo(Map.of("keep", "7", "data", "/var/lib/banyan"));
    }
}
