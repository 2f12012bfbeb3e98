package dev.banyan.whatsapp.optouts;

import module java.base;
import dev.banyan.platform.Invalid;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The words by which contacts of an account opt out of its campaigns and in again, the answers to them, and how many
/// strangers a number may write to.
///
/// @param outWords compared as [OptOutWords] does
public record OptOutSettings(
        @Schema(description = "Compared without case, accents and punctuation around them")
        List<String> outWords,

        List<String> inWords,

        @Schema(description = "Sent once after a contact has opted out; empty: none")
        String outAnswer,

        String inAnswer,

        @Schema(
                description = "How many contacts who never wrote each number linked by QR code gets from campaigns"
                        + " per day. WhatsApp restricts numbers that write to many strangers (error 463)")
        int firstContactsPerDay) {

    public static final int MOST_WORDS = 250;
    public static final int LONGEST_WORD = 60;
    public static final int LONGEST_LIST = 4_000;
    public static final int LONGEST_ANSWER = 1_000;
    public static final int MOST_FIRST_CONTACTS = 10_000;

    /// Why there is a limit for contacts who never wrote, for people.
    public static final String WHY_LIMITED =
            "WhatsApp restricts numbers that write to many people who never wrote to them (error 463).";

    public static final OptOutSettings DEFAULT = new OptOutSettings(
            OptOutWords.DEFAULT,
            List.of("start", "subscribe", "unstop", "ابدأ", "اشتراك"),
            "You won’t get any more campaign messages from us. Reply START if you change your mind.",
            "You’ll get our campaign messages again. Reply STOP to opt out.",
            20);

    public OptOutSettings {
        outWords = List.copyOf(outWords);
        inWords = List.copyOf(inWords);
    }

    /// Returns whether a message is one of the words that opt out, and nothing else.
    public boolean isOut(String text) {
        return OptOutWords.among(outWords, text);
    }

    /// Returns whether a message is one of the words that opt in again.
    public boolean isIn(String text) {
        return OptOutWords.among(inWords, text);
    }

    /// Returns every broken rule.
    public List<Invalid> broken() {
        var broken = new ArrayList<Invalid>();
        words("outWords", outWords, broken);
        words("inWords", inWords, broken);
        var both = new HashSet<>(OptOutWords.folded(outWords));
        both.retainAll(OptOutWords.folded(inWords));
        if (!both.isEmpty()) {
            broken.add(new Invalid(
                    "inWords", "A word can’t opt out and in: " + both.iterator().next()));
        }
        if (outWords.isEmpty()) {
            broken.add(new Invalid("outWords", "Enter at least one word that opts out"));
        }
        answer("outAnswer", outAnswer, broken);
        answer("inAnswer", inAnswer, broken);
        if (firstContactsPerDay < 0 || firstContactsPerDay > MOST_FIRST_CONTACTS) {
            broken.add(new Invalid(
                    "firstContactsPerDay",
                    "firstContactsPerDay must be between 0 and " + MOST_FIRST_CONTACTS,
                    "Enter a number from 0 to " + MOST_FIRST_CONTACTS + "."));
        }
        return broken;
    }

    private static void words(String field, List<String> words, List<Invalid> broken) {
        // Those of the program grow with its versions, and leave as much room for others.
        long others = words.stream()
                .filter(word -> !OptOutWords.DEFAULT.contains(word))
                .count();
        if (others > MOST_WORDS || String.join("\n", words).length() > LONGEST_LIST) {
            broken.add(new Invalid(
                    field,
                    field + " must be " + MOST_WORDS + " words or fewer apart from the default ones, with "
                            + LONGEST_LIST + " characters or fewer in all"));
        }
        if (words.stream()
                .anyMatch(word -> OptOutWords.folded(word).isEmpty()
                        || word.codePoints().anyMatch(Character::isISOControl)
                        || word.codePointCount(0, word.length()) > LONGEST_WORD)) {
            broken.add(new Invalid(
                    field, "Each word must have a letter or a digit and be " + LONGEST_WORD + " characters or fewer"));
        }
    }

    private static void answer(String field, String text, List<Invalid> broken) {
        if (text.codePointCount(0, text.length()) > LONGEST_ANSWER) {
            broken.add(new Invalid(field, field + " must be " + LONGEST_ANSWER + " characters or fewer"));
        }
        if (text.codePoints().anyMatch(point -> Character.isISOControl(point) && point != '\n' && point != '\r')) {
            broken.add(new Invalid(field, field + " must not contain control characters"));
        }
    }
}
