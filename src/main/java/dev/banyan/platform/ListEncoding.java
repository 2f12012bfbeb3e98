package dev.banyan.platform;

import module java.base;

/// Finds the encoding of a list. Excel writes "CSV" in that of its country, on a Mac in Apple's, and "Unicode text" in
/// UTF-16; older programs write those of DOS.
///
/// A list is too short for what detectors count in pages. So its words are read in every encoding, and the one counts
/// in which they look like words: without signs between their letters, of one script, and with letters that follow
/// each other in some language ([Spelling]).
final class ListEncoding {

    /// With what each costs because it is rare, in bits: in doubt, a list is a western one.
    private static final Map<String, Integer> ONE_BYTE = Map.ofEntries(
            Map.entry("windows-1252", 0),
            Map.entry("windows-1250", 5),
            Map.entry("windows-1251", 5),
            Map.entry("windows-1253", 5),
            Map.entry("windows-1254", 5),
            Map.entry("windows-1255", 5),
            Map.entry("windows-1256", 5),
            Map.entry("windows-1257", 5),
            Map.entry("windows-1258", 12),
            Map.entry("x-windows-874", 8),
            Map.entry("ISO-8859-2", 6),
            Map.entry("ISO-8859-9", 6),
            Map.entry("x-MacRoman", 8),
            Map.entry("x-MacCentralEurope", 12),
            Map.entry("x-MacCyrillic", 10),
            Map.entry("x-MacTurkish", 12),
            Map.entry("IBM850", 9),
            Map.entry("IBM852", 12),
            Map.entry("IBM857", 12),
            Map.entry("IBM866", 10),
            Map.entry("KOI8-R", 8),
            Map.entry("KOI8-U", 10));
    private static final Map<String, Integer> MORE_BYTES = Map.of(
            "Shift_JIS",
            6,
            "windows-31j",
            7,
            "EUC-JP",
            10,
            "GB18030",
            6,
            "Big5",
            6,
            "Big5-HKSCS",
            10,
            "EUC-KR",
            6,
            "x-windows-949",
            7);

    /// In bits. Signs that people write stand alone, or at a word's edge.
    private static final double UNDEFINED = 24;
    private static final double SIGN_IN_WORD = 24;
    private static final double SIGN_AT_WORD = 18;
    private static final double RARE_SIGN = 8;
    private static final double USUAL_SIGN_AT_WORD = 6;
    private static final double QUOTE = 4;
    private static final double TYPOGRAPHY = 1;
    private static final double TWO_SCRIPTS = 20;
    private static final double CAPITAL_IN_WORD = 8;

    private static final String OF_WORDS = "׳״・、。「」（）";
    private static final String DASHES = "–—";
    private static final String APOSTROPHES = "’‘";
    /// `L’École`, `O’Brien`, `John’s`, and any word of another script.
    private static final Pattern APOSTROPHE = Pattern.compile(
            "(?i)(?:.*[^\\p{L}])?(?:[cdjlmnost]|qu)’.*|.*[^\\x00-\\x7F]’.*|.*[’‘](?:[stdm]|ll|re|ve)(?:[^\\p{L}].*)?",
            Pattern.DOTALL);
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}]+");
    private static final int BESIDE = 4;
    /// The first letters that are neither Latin, Greek nor Cyrillic.
    private static final char HEBREW = 0x590;
    /// Letters after which a small number is no power of a unit.
    private static final int UNIT = 3;
    private static final String QUOTES = "«»„“”‘’–—‚‹›…";
    private static final String BEGINNINGS = "¿¡";
    private static final String AT_WORDS = "©®°™²³ªº´";
    private static final String ALONE = "€£§•½¼¾†‰×±·№₺₪₽฿₫";
    private static final Set<Character.UnicodeScript> JAPANESE =
            EnumSet.of(Character.UnicodeScript.HAN, Character.UnicodeScript.HIRAGANA, Character.UnicodeScript.KATAKANA);

    private static final Charset WESTERN = Charset.forName("windows-1252");
    /// Words per sign within a word, in a list that is read right.
    private static final int SOUND = 3;
    private static final int SAMPLE = 4_000;

    private ListEncoding() {}

    /// @return empty if the list has letters that no encoding explains
    static Optional<Charset> of(byte[] file) {
        int begin = ByteBuffer.wrap(Arrays.copyOf(file, Integer.BYTES)).getInt();
        boolean isShort = file.length < Integer.BYTES;
        if (begin >>> 16 == 0xFFFE || !isShort && isAscii(begin >>> 24, begin >>> 8, begin >>> 16, begin)) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        if (begin >>> 16 == 0xFEFF || !isShort && isAscii(begin >>> 16, begin, begin >>> 24, begin >>> 8)) {
            return Optional.of(StandardCharsets.UTF_16BE);
        }
        return decoded(file, StandardCharsets.UTF_8).isPresent()
                ? Optional.of(StandardCharsets.UTF_8)
                : ofCountry(file, sample(file));
    }

    /// Some databases write UTF-16 without a mark.
    private static boolean isAscii(int first, int second, int... others) {
        return (byte) first > 0 && (byte) second > 0 && Arrays.stream(others).allMatch(other -> (byte) other == 0);
    }

    private static Optional<String> decoded(byte[] bytes, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /// Returns the first lines with other bytes than those of ASCII, each once.
    private static byte[] sample(byte[] file) {
        var sample = new ByteArrayOutputStream();
        var lines = new HashSet<ByteBuffer>();
        int begin = 0;
        for (int at = 0; at <= file.length && sample.size() < SAMPLE; at++) {
            if (at == file.length || file[at] == '\n' || file[at] == '\r') {
                int length = Math.min(at - begin, SAMPLE);
                boolean isPlain = IntStream.range(begin, begin + length).allMatch(i -> file[i] >= 0);
                if (!isPlain && lines.add(ByteBuffer.wrap(file, begin, length))) {
                    sample.write(file, begin, length);
                    sample.write('\n');
                }
                begin = at + 1;
            }
        }
        return sample.toByteArray();
    }

    private record Reading(Charset charset, String text, double cost) {

        boolean isSound() {
            long words = words(text).count();
            long faults = IntStream.range(0, text.length())
                    .filter(at -> sign(text, at) >= SIGN_IN_WORD)
                    .count();
            return faults * SOUND <= words;
        }
    }

    private static Optional<Charset> ofCountry(byte[] file, byte[] sample) {
        var known = new HashMap<String, Double>();
        Stream<Reading> ofOne = readings(ONE_BYTE, charset -> Optional.of(new String(sample, charset)), known);
        // A sample may end within a character, the file doesn't.
        Stream<Reading> ofMore =
                readings(MORE_BYTES, charset -> decoded(file, charset).map(_ -> new String(sample, charset)), known);
        return Stream.concat(ofOne, ofMore)
                .min(Comparator.comparingDouble(Reading::cost))
                .filter(reading -> reading.charset().equals(WESTERN) || reading.isSound())
                .map(Reading::charset)
                .filter(charset -> decoded(file, charset).isPresent());
    }

    private static Stream<Reading> readings(
            Map<String, Integer> encodings, Function<Charset, Optional<String>> read, Map<String, Double> known) {
        return encodings.entrySet().stream()
                .filter(entry -> Charset.isSupported(entry.getKey()))
                .flatMap(entry -> {
                    Charset charset = Charset.forName(entry.getKey());
                    return read
                            .apply(charset)
                            .map(text -> new Reading(charset, text, entry.getValue() + cost(text, known)))
                            .stream();
                });
    }

    private static double cost(String text, Map<String, Double> known) {
        double signs = IntStream.range(0, text.length())
                .mapToDouble(at -> sign(text, at))
                .sum();
        return signs
                + words(text)
                        .mapToDouble(word -> known.computeIfAbsent(word, ListEncoding::ofWord))
                        .sum();
    }

    /// Returns the words with letters outside of ASCII.
    private static Stream<String> words(String text) {
        return BETWEEN_WORDS.splitAsStream(text).filter(word -> word.chars().anyMatch(one -> one >= 0x80));
    }

    private static double sign(String text, int at) {
        char sign = text.charAt(at);
        if (sign < 0x80 || Spelling.isLetter(sign)) {
            return 0;
        }
        if (sign == '\uFFFD' || Character.isISOControl(sign) || Character.getType(sign) == Character.PRIVATE_USE) {
            return UNDEFINED;
        }
        boolean before = at > 0 && Spelling.isLetter(text.charAt(at - 1));
        boolean after = at + 1 < text.length() && Spelling.isLetter(text.charAt(at + 1));
        boolean touches = before || after;
        boolean isCatalan = sign == '·' && text.startsWith("l·l", at - 1);
        // Hebrew and Japanese have signs of their own within words; Persian joins and parts letters with unseen ones.
        boolean isOwn = before
                && text.charAt(at - 1) >= HEBREW
                && (OF_WORDS.indexOf(sign) >= 0 || Character.getType(sign) == Character.FORMAT);
        if (isCatalan || isOwn) {
            return TYPOGRAPHY;
        }
        if (sign == '\u00a0') {
            return touches ? RARE_SIGN : crowd(text, at);
        }
        if (before && after && APOSTROPHES.indexOf(sign) >= 0) {
            String around = text.substring(Math.max(0, at - BESIDE), Math.min(text.length(), at + BESIDE));
            return APOSTROPHE.matcher(around).matches() ? TYPOGRAPHY : RARE_SIGN;
        }
        if (before && after) {
            return DASHES.indexOf(sign) >= 0 ? RARE_SIGN : SIGN_IN_WORD;
        }
        if (QUOTES.indexOf(sign) >= 0) {
            return touches ? QUOTE : crowd(text, at);
        }
        if (BEGINNINGS.indexOf(sign) >= 0) {
            return before ? SIGN_AT_WORD : TYPOGRAPHY + crowd(text, at);
        }
        boolean isPower = sign != '²' && sign != '³' || at < UNIT || !Spelling.isLetter(text.charAt(at - UNIT));
        if (AT_WORDS.indexOf(sign) >= 0 && isPower) {
            return touches ? USUAL_SIGN_AT_WORD : crowd(text, at);
        }
        if (ALONE.indexOf(sign) >= 0 && !touches) {
            return crowd(text, at);
        }
        return touches ? SIGN_AT_WORD : RARE_SIGN;
    }

    /// Signs in a row are letters of another encoding.
    private static double crowd(String text, int at) {
        boolean isCrowd =
                at > 0 && text.charAt(at - 1) >= 0x80 || at + 1 < text.length() && text.charAt(at + 1) >= 0x80;
        return isCrowd ? RARE_SIGN : 0;
    }

    private static double ofWord(String word) {
        Set<Character.UnicodeScript> scripts = word.codePoints()
                .filter(Character::isLetter)
                .mapToObj(Character.UnicodeScript::of)
                .filter(script -> script != Character.UnicodeScript.COMMON)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Character.UnicodeScript.class)));
        boolean isMixed = scripts.size() > 1 && !JAPANESE.containsAll(scripts);
        long capitals = IntStream.range(1, word.length())
                .filter(at -> Character.isLowerCase(word.charAt(at - 1)) && Character.isUpperCase(word.charAt(at)))
                .count();
        return Spelling.surprise(word) + (isMixed ? TWO_SCRIPTS : 0) + capitals * CAPITAL_IN_WORD;
    }
}
