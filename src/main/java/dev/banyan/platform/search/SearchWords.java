package dev.banyan.platform.search;

import module java.base;

/// The words that make something searchable: in lower case and without accents (`Straße` is `strasse`), split at
/// everything but letters and digits. Signs belong to a word for those who type them: `C++` is found by `c`, `c+` and
/// `c++`, `AT&T` by `at`, `t` and `at&t`, `.NET` by `net` and `.net`. East Asian keyboards write them wide (`Ｃ＋＋`). A
/// script without spaces is split into its characters. A search for the beginning of a word finds it.
public final class SearchWords {

    /// In code points; the columns of words have room for no more.
    public static final int LONGEST = 30;
    private static final int MOST = 12;
    private static final int MOST_TYPED = 6;

    /// Letters, digits and signs in the width of Chinese characters, and Japanese ones in half of it.
    private static final Pattern OTHER_WIDTHS = Pattern.compile("[\uff00-\uffef]+");

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern GAPS = Pattern.compile("[^\\p{L}\\p{N}]+");

    /// `&` joins some words, but not in the query of an address, where a name and `=` follow it.
    private static final String JOINED = "(?:%s&%1$s[\\p{L}\\p{N}]++(?![=_])){0,5}";
    private static final String ENDED = "(?:[+#]++(?![\\p{L}\\p{N}]))?";
    /// As they are typed: a dot begins a word, not one that follows on another, as in `example.com`.
    private static final Pattern TYPED =
            Pattern.compile("(?:(?<![\\p{L}\\p{N}])\\.(?=\\p{L}))?[\\p{L}\\p{N}]+" + JOINED.formatted("") + ENDED);
    /// As they are found: `ASP.NET` by `.net`, `R & D` by `r&d`.
    private static final Pattern FOUND =
            Pattern.compile("(?:\\.(?=\\p{L}))?[\\p{L}\\p{N}]+" + JOINED.formatted("\\h?") + ENDED);

    /// Letters with a stroke and double letters, which have no accent to lose, as they are typed on other keyboards.
    private static final Map<String, String> AS_TYPED = Map.ofEntries(
            Map.entry("ß", "ss"),
            Map.entry("æ", "ae"),
            Map.entry("œ", "oe"),
            Map.entry("ø", "o"),
            Map.entry("ł", "l"),
            Map.entry("đ", "d"),
            Map.entry("ð", "d"),
            Map.entry("þ", "th"),
            Map.entry("ħ", "h"),
            Map.entry("ŧ", "t"),
            Map.entry("ŋ", "n"),
            Map.entry("ı", "i"),
            Map.entry("ĸ", "k"),
            Map.entry("ς", "σ"));

    private static final Pattern WHOLE_LETTERS = Pattern.compile("[" + String.join("", AS_TYPED.keySet()) + "]");

    private static final Pattern BLANKS = Pattern.compile("\\h");
    private static final Pattern BORDERS = Pattern.compile("(?<=\\p{L})(?=\\p{N})|(?<=\\p{N})(?=\\p{L})");

    /// Begins a number that is written from its end. It is no part of any word.
    private static final String FROM_THE_END = "~";

    /// What a search for a number consists of, and how many digits it has at least.
    private static final Pattern NUMBER = Pattern.compile("[\\d\\s\\h+().\\-\u2010-\u2013/]+");
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}+");

    private static final int SHORTEST_ENDING = 4;
    /// What has so many digits may have been dialled: with a zero or two before it that the number is kept without.
    private static final int SHORTEST_DIALLED = 8;

    private SearchWords() {}

    /// Returns words by which a phone number is found when its end is typed ([#ways]).
    ///
    /// @param dialled the digits of all its forms, with spaces between them
    public static List<String> endings(String dialled) {
        return Pattern.compile("\\d+")
                .matcher(dialled)
                .results()
                .map(digits -> fromTheEnd(digits.group()))
                .toList();
    }

    private static String fromTheEnd(String digits) {
        return cut(FROM_THE_END + new StringBuilder(digits).reverse());
    }

    /// Returns the ways to read a search: as words, and as the end of a phone number, with spaces or without, as it is
    /// kept or as it is dialled. Something is found if, in one of these ways, each begins one of its words.
    static List<List<String>> ways(String search) {
        List<List<String>> ways = new ArrayList<>();
        List<String> typed = typed(search);
        if (!typed.isEmpty()) {
            ways.add(typed);
        }
        String number = number(search);
        String digits = GAPS.matcher(number).replaceAll("");
        if (NUMBER.matcher(number).matches() && digits.length() >= SHORTEST_ENDING) {
            ways.add(List.of(fromTheEnd(digits)));
            String bare = digits.replaceFirst("^00?", "");
            if (bare.length() >= SHORTEST_DIALLED && !bare.equals(digits)) {
                ways.add(List.of(fromTheEnd(bare)));
            }
        }
        return ways;
    }

    /// Returns what may be a number, in the digits in which numbers are kept and without the unseen signs that phones
    /// and web pages put around it.
    private static String number(String search) {
        var number = new StringBuilder();
        UNSEEN.matcher(fold(search))
                .replaceAll("")
                .codePoints()
                .forEach(point ->
                        number.appendCodePoint(Character.isDigit(point) ? '0' + Character.digit(point, 10) : point));
        return number.toString();
    }

    /// Returns the words of a name and its other names, at most twelve: a name is found by its parts, and also written
    /// as one word.
    public static Set<String> of(String name, List<String> otherNames) {
        var words = new LinkedHashSet<String>();
        add(words, GAPS.matcher(fold(name)).replaceAll(""));
        List<String> parts = Stream.concat(Stream.of(name), otherNames.stream())
                .flatMap(SearchWords::found)
                .toList();
        Map<Boolean, List<String>> signed = parts.stream().collect(Collectors.partitioningBy(SearchWords::hasSigns));
        List<String> bare = Objects.requireNonNull(signed.get(false));
        bare.forEach(part -> add(words, part));
        bare.forEach(part -> BORDERS.splitAsStream(part).forEach(piece -> add(words, piece)));
        Objects.requireNonNull(signed.get(true)).forEach(part -> add(words, part));
        return words;
    }

    /// Returns the words of a text, each once, in their order.
    ///
    /// @param most the maximum number of words
    public static Set<String> of(String text, int most) {
        var words = new LinkedHashSet<String>();
        found(text).distinct().limit(most).forEach(words::add);
        return words;
    }

    /// Returns the typed words, at most six.
    public static List<String> typed(String search) {
        return TYPED.matcher(fold(search))
                .results()
                .map(MatchResult::group)
                .flatMap(word -> hasSigns(word) && !hasNoSpaces(word) ? Stream.of(word) : bare(word))
                .map(SearchWords::cut)
                .distinct()
                .limit(MOST_TYPED)
                .toList();
    }

    /// Returns the text in lower case and without accents, as lists are sorted.
    public static String folded(String text) {
        return fold(text);
    }

    private static void add(Set<String> words, String word) {
        if (!word.isEmpty() && words.size() < MOST) {
            words.add(cut(word)); // PostgreSQL refuses what is longer than its column
        }
    }

    /// Tells whether a text has letters that are searched as they are typed on other keyboards.
    static boolean isRespelled(String text) {
        return OTHER_WIDTHS.matcher(text).find()
                || WHOLE_LETTERS.matcher(text.toLowerCase(Locale.ROOT)).find();
    }

    /// Tells whether a word has signs that belong to it.
    static boolean hasSigns(String word) {
        return GAPS.matcher(word).find() && !word.startsWith(FROM_THE_END);
    }

    /// Returns the words as they are found: without signs, and with those that they have.
    private static Stream<String> found(String text) {
        return FOUND.matcher(fold(text))
                .results()
                .map(word -> BLANKS.matcher(word.group()).replaceAll(""))
                .flatMap(word ->
                        hasSigns(word) && !hasNoSpaces(word) ? Stream.concat(bare(word), Stream.of(word)) : bare(word))
                .map(SearchWords::cut);
    }

    private static Stream<String> bare(String word) {
        return GAPS.splitAsStream(word)
                .filter(part -> !part.isEmpty())
                .flatMap(part -> hasNoSpaces(part) ? part.codePoints().mapToObj(Character::toString) : Stream.of(part));
    }

    private static boolean hasNoSpaces(String word) {
        return word.codePoints().anyMatch(SearchWords::isOfScriptWithoutSpaces);
    }

    private static boolean isOfScriptWithoutSpaces(int point) {
        return switch (Character.UnicodeScript.of(point)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }

    private static String cut(String word) {
        int points = word.codePointCount(0, word.length());
        return points <= LONGEST ? word : word.substring(0, word.offsetByCodePoints(0, LONGEST));
    }

    private static String fold(String text) {
        String usual = OTHER_WIDTHS
                .matcher(text)
                .replaceAll(wide -> Matcher.quoteReplacement(Normalizer.normalize(wide.group(), Normalizer.Form.NFKC)));
        String plain =
                MARKS.matcher(Normalizer.normalize(usual, Normalizer.Form.NFD)).replaceAll("");
        String letters = WHOLE_LETTERS
                .matcher(plain.toLowerCase(Locale.ROOT))
                .replaceAll(letter -> AS_TYPED.getOrDefault(letter.group(), letter.group()));
        return Normalizer.normalize(letters, Normalizer.Form.NFC);
    }
}
