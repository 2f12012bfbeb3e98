package dev.banyan.workspaces.assistant;

import module java.base;
import java.lang.Character.UnicodeScript;

/// A text as a row of plain words, so that texts can be compared word by word: letter case, accents, spelling variants
/// of a letter and everything between words are removed. In scripts without spaces between words each character counts
/// as a word, so a phrase is found within a sentence.
final class PlainWords {

    private static final Pattern BETWEEN_PHRASES = Pattern.compile("[,،、，;；؛\\n]");

    /// One space before and after each word, so that a phrase is found by searching for its string.
    private final String row;

    private PlainWords(String row) {
        this.row = row;
    }

    static PlainWords of(String text) {
        return new PlainWords(new Reading().read(text));
    }

    /// Splits a typed, comma-separated list into phrases; leaves out those without a word.
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

    /// Whether the words of the phrase occur here in sequence.
    boolean contain(String phrase) {
        PlainWords words = of(phrase);
        return !words.isEmpty() && row.contains(words.row);
    }

    private static final class Reading {

        private final StringBuilder row = new StringBuilder(" ");
        private UnicodeScript letters = UnicodeScript.COMMON;

        String read(String text) {
            // Upper case first: it unifies ß and ss, ı and i, ς and σ.
            String folded = Normalizer.normalize(text, Normalizer.Form.NFKD)
                    .toUpperCase(Locale.ROOT)
                    .toLowerCase(Locale.ROOT);
            String bare = withoutAccents(Normalizer.normalize(folded, Normalizer.Form.NFKD));
            Normalizer.normalize(bare, Normalizer.Form.NFC).codePoints().forEach(this::add);
            end();
            return row.toString();
        }

        /// Removes marks that are accents; keeps those that are vowels, as in Thai or Hindi.
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

        /// The last character is a word of its own unless marks follow.
        private boolean pending;

        private void end() {
            pending = false;
            if (row.charAt(row.length() - 1) != ' ') {
                row.append(' ');
            }
        }

        /// Apostrophes within words, and the stroke that lengthens Arabic words.
        private static boolean isLeftOut(int point) {
            return point == '\'' || point == 0x2019 || point == 0x2018 || point == 0x02BC || point == 0x0640;
        }

        /// Unifies letters that people use interchangeably, and the digits of all scripts.
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
                // Korean has spaces, but attaches its particles to words.
                case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR, HANGUL -> true;
                default -> false;
            };
        }
    }
}
