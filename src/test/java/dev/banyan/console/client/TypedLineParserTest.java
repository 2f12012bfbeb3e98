package dev.banyan.console.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.console.TypedLine;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.Parser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedLineParserTest {

    /// A completed name is one word for the command that reads the line.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tune Sal | Sales Team | tune \"Sales Team\"",
                "tune | Sales Team | tune \"Sales Team\"",
                "tune \"Sal | Sales Team | tune \"Sales Team\"",
                "tune 'Sal | Sales Team | tune 'Sales Team'",
                "tune ama | amira-nasser | tune amira-nasser",
                "tune O | O'Brien | tune O'Brien",
                "tune O | O'Brien Team | tune \"O'Brien Team\"",
                "tune The | The \"best\" team | tune 'The \"best\" team'",
            })
    void aCompletedNameIsQuotedIfItNeedsTo(String typed, String name, String expected) {
        String line = typed.equals("tune") ? "tune " : typed;
        var parsed =
                (CompletingParsedLine) new TypedLineParser().parse(line, line.length(), Parser.ParseContext.COMPLETE);

        String completed = line.substring(0, line.length() - parsed.rawWordLength()) + parsed.escape(name, true);

        assertThat(completed).isEqualTo(expected);
        assertThat(TypedLine.of(completed).words()).containsExactly("tune", name);
        String begun = line.substring(0, line.length() - parsed.rawWordLength())
                + parsed.escape(name.substring(0, name.length() - 1), false);
        assertThat(TypedLine.of(begun).words())
                .as("begun, while several names are possible")
                .containsExactly("tune", name.substring(0, name.length() - 1));
    }
}
