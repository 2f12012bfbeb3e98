package dev.banyan.platform;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/// The language of public pages (docs/decisions/0120), and of a workspace's sign-in pages and emails
/// (docs/decisions/0065). Other pages are for staff, in English.
///
/// The translations are in `languages/{code}.json`, by their English sentence. What isn't there stays English.
public enum Language implements Keyed {
    ENGLISH("en", "English"),
    ARABIC("ar", "العربية"),
    FRENCH("fr", "Français"),
    GERMAN("de", "Deutsch"),
    PORTUGUESE("pt", "Português"),
    SPANISH("es", "Español");

    /// What differs from one use of a sentence to the next: numbers, and what somebody typed, in quotes.
    private static final Pattern VALUE = Pattern.compile("(?<=“)[^“”]*(?=”)|\\d+");

    /// Between two sentences, outside of quotes.
    private static final Pattern NEXT = Pattern.compile("(?<=[.!?]) (?=\\p{Lu})(?![^“”]*”)");

    private static final Pattern GAP = Pattern.compile("[*]");
    private static final String ANY_VALUE = "*";
    /// Keeps names in another script from changing the order of the words around them.
    private static final String ISOLATE = "\u2068";

    private static final String END_ISOLATE = "\u2069";

    /// The code of BCP 47: `ar`.
    public final String code;
    /// Its name in itself: "العربية".
    public final String label;
    /// The keys of all translations, for the test of their completeness.
    public final Map<String, String> words;

    Language(String code, String label) {
        this.code = code;
        this.label = label;
        this.words = code.equals("en") ? Map.of() : words(code);
    }

    private static Map<String, String> words(String code) {
        String name = "/languages/" + code + ".json";
        try {
            return new ObjectMapper().readValue(PackedFile.text(Language.class, name), new TypeReference<>() {});
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(name, failure);
        }
    }

    /// Returns the language with this code, such as `ar`.
    public static Optional<Language> of(String code) {
        return Arrays.stream(values()).filter(one -> one.code.equals(code)).findFirst();
    }

    @Override
    public String key() {
        return code;
    }

    /// Returns the way it is written, for the attribute `dir`.
    public String direction() {
        return Markup.direction(locale());
    }

    public Locale locale() {
        return Locale.of(code);
    }

    /// Returns a sentence in this language. Numbers, and what is between “ and ”, may be any. Several sentences may be
    /// known one by one.
    public String say(String english) {
        if (words.isEmpty()) {
            return english;
        }
        String exact = words.get(english);
        if (exact != null) {
            return exact;
        }
        String known = words.get(VALUE.matcher(english).replaceAll(ANY_VALUE));
        if (known == null) {
            String[] sentences = NEXT.split(english);
            return sentences.length == 1
                    ? english
                    : Stream.of(sentences).map(this::say).collect(Collectors.joining(" "));
        }
        var values = VALUE.matcher(english).results().map(MatchResult::group).iterator();
        return GAP.matcher(known).replaceAll(_ -> values.hasNext() ? Matcher.quoteReplacement(values.next()) : "");
    }

    /// Returns a sentence in this language with a value in place of `%s`.
    public String say(String english, String value) {
        return say(english).replace("%s", isMixed(value) ? ISOLATE + value + END_ISOLATE : value);
    }

    private boolean isMixed(String value) {
        return this == ARABIC || !new Bidi(value, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).isLeftToRight();
    }
}
