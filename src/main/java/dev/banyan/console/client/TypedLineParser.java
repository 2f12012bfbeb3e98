package dev.banyan.console.client;

import module java.base;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;

/// Reads a line for completion as `TypedLine` reads it for commands: quotes keep a word together, and
/// backslash and exclamation mark have no special meaning. A completed word gets quotes if it needs them.
final class TypedLineParser implements Parser {

    private final DefaultParser words = new DefaultParser()
            .escapeChars(new char[0])
            .quoteChars(new char[] {'"', '\''})
            .eofOnUnclosedQuote(false);

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        ParsedLine parsed = words.parse(line, cursor, context);
        return parsed instanceof CompletingParsedLine completing ? new Quoting(completing) : parsed;
    }

    private record Quoting(CompletingParsedLine parsed) implements CompletingParsedLine {

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            boolean isQuoted = parsed.rawWordCursor() > parsed.wordCursor();
            String word = candidate.toString();
            if (isQuoted || !needsQuotes(word)) {
                return parsed.escape(candidate, complete);
            }
            String quote = word.indexOf('"') < 0 ? "\"" : "'";
            return quote + word + (complete ? quote : "");
        }

        private static boolean needsQuotes(String word) {
            return word.chars().anyMatch(Character::isWhitespace) || word.startsWith("\"") || word.startsWith("'");
        }

        @Override
        public int rawWordCursor() {
            return parsed.rawWordCursor();
        }

        @Override
        public int rawWordLength() {
            return parsed.rawWordLength();
        }

        @Override
        public String word() {
            return parsed.word();
        }

        @Override
        public int wordCursor() {
            return parsed.wordCursor();
        }

        @Override
        public int wordIndex() {
            return parsed.wordIndex();
        }

        @Override
        public List<String> words() {
            return parsed.words();
        }

        @Override
        public String line() {
            return parsed.line();
        }

        @Override
        public int cursor() {
            return parsed.cursor();
        }
    }
}
