package dev.banyan.workspaces.assistant;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Texts as rows of plain words, so that what people write can be compared word by word: letter case, accents, other
/// spellings of the same letter and all that stands between words are gone. In scripts that do not put spaces between
/// words each character counts as one, so a phrase is found inside of a sentence.
final class PlainWords {

    private static final Pattern BETWEEN_PHRASES = Pattern.compile("[,،、，;；؛\\n]");

    /// One space before and after each word: a phrase is in a text if its string is in the text's.
    private final String row;

    private PlainWords(String row) {
        this.row = row;
    }

    static PlainWords of(String text) {
        return new PlainWords(new Reading().read(text));
    }

    /// The phrases of a list that somebody typed with commas; those without a single word are left out.
    static List<String> phrases(String typed) {
        return BETWEEN_PHRASES
                .splitAsStream(typed)
                .map(String::strip)
                .filter(phrase -> !of(phrase).isEmpty())
                .toList();
    }

    boolean isEmpty() {
        return row.equals(" ");
    }

    /// Whether the words of the phrase stand in here, one after the other.
    boolean contain(String phrase) {
        PlainWords words = of(phrase);
        return !words.isEmpty() && row.contains(words.row);
    }

    private static final class Reading {

        private final StringBuilder row = new StringBuilder(" ");
        private UnicodeScript letters = UnicodeScript.COMMON;

        String read(String text) {
            // Upper case first: it makes one of ß and ss, of ı and i, of ς and σ.
            String folded = Normalizer.normalize(text, Normalizer.Form.NFKD)
                    .toUpperCase(Locale.ROOT)
                    .toLowerCase(Locale.ROOT);
            String bare = withoutAccents(Normalizer.normalize(folded, Normalizer.Form.NFKD));
            Normalizer.normalize(bare, Normalizer.Form.NFC).codePoints().forEach(this::add);
            end();
            return row.toString();
        }

        /// Where a mark is an accent it goes; where it is a vowel, as in Thai or Hindi, it stays.
        private String withoutAccents(String text) {
            var bare = new StringBuilder(text.length());
            text.codePoints().forEach(point -> {
                UnicodeScript script = UnicodeScript.of(point);
                boolean mark = isMark(point);
                if (!mark && script != UnicodeScript.INHERITED) {
                    letters = script;
                }
                if (!mark || !isWrittenWithAccents(letters)) {
                    bare.appendCodePoint(point);
                }
            });
            return bare.toString();
        }

        private static boolean isMark(int point) {
            return switch (Character.getType(point)) {
                case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
                default -> false;
            };
        }

        private static boolean isWrittenWithAccents(UnicodeScript script) {
            return switch (script) {
                case LATIN, GREEK, CYRILLIC, ARMENIAN, ARABIC, HEBREW, SYRIAC, COMMON -> true;
                default -> false;
            };
        }

        private void add(int point) {
            int type = Character.getType(point);
            if (isMark(point)) {
                row.appendCodePoint(point);
            } else if (type == Character.FORMAT || isLeftOut(point)) {
                return;
            } else if (Character.isLetterOrDigit(point)) {
                if (isWrittenWithoutSpaces(point)) {
                    end();
                    row.appendCodePoint(point);
                    pending = true;
                } else {
                    if (pending) {
                        end();
                    }
                    row.appendCodePoint(sameAs(point));
                }
            } else if (type == Character.OTHER_SYMBOL || type == Character.CURRENCY_SYMBOL) {
                end();
                row.appendCodePoint(point);
                end();
            } else {
                end();
            }
        }

        /// The last character is a word of its own, unless marks follow.
        private boolean pending;

        private void end() {
            pending = false;
            if (row.charAt(row.length() - 1) != ' ') {
                row.append(' ');
            }
        }

        /// Apostrophes inside of words, and the stroke that makes Arabic words longer.
        private static boolean isLeftOut(int point) {
            return point == '\'' || point == 0x2019 || point == 0x2018 || point == 0x02BC || point == 0x0640;
        }

        /// Letters that people use for each other, and the digits of all scripts.
        private static int sameAs(int point) {
            if (Character.isDigit(point)) {
                return '0' + Character.digit(point, 10);
            }
            return switch (point) {
                case 'ى', 'ی' -> 'ي';
                case 'ة' -> 'ه';
                case 'ٱ' -> 'ا';
                case 'ک' -> 'ك';
                case 'ς' -> 'σ';
                default -> point;
            };
        }

        private static boolean isWrittenWithoutSpaces(int point) {
            return switch (UnicodeScript.of(point)) {
                // Korean has spaces, but hangs its particles on the words.
                case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR, HANGUL -> true;
                default -> false;
            };
        }
    }
}
