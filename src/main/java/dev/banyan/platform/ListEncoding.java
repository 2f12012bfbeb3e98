package dev.banyan.platform;

import module java.base;
import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;

/// Finds the encoding of a list. Excel writes "CSV" in that of its country, and "Unicode text" in UTF-16.
final class ListEncoding {

    private static final Charset WESTERN = Charset.forName("windows-1252");
    /// Windows' own encoding where ISO has one that it extends.
    private static final Map<String, String> OF_WINDOWS = Map.of(
            "ISO-8859-1", "windows-1252",
            "ISO-8859-2", "windows-1250",
            "ISO-8859-5", "windows-1251",
            "ISO-8859-6", "windows-1256",
            "ISO-8859-7", "windows-1253",
            "ISO-8859-8", "windows-1255",
            "ISO-8859-8-I", "windows-1255",
            "ISO-8859-9", "windows-1254");
    /// How much surer ICU must be of another encoding than of the western one, of 100.
    private static final int SURER = 10;
    private static final int SAMPLE = 100_000;

    private ListEncoding() {}

    static Charset of(byte[] file) {
        if (file.length >= 2 && (file[0] & 0xFF) == 0xFF && (file[1] & 0xFF) == 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        if (file.length >= 2 && (file[0] & 0xFF) == 0xFE && (file[1] & 0xFF) == 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        if (isUtf8(file)) {
            return StandardCharsets.UTF_8;
        }
        return ofCountry(file);
    }

    private static boolean isUtf8(byte[] file) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    private static Charset ofCountry(byte[] file) {
        CharsetMatch[] matches = new CharsetDetector()
                .setText(Arrays.copyOf(file, Math.min(file.length, SAMPLE)))
                .detectAll();
        int western = Stream.of(matches)
                .filter(match -> charset(match).filter(WESTERN::equals).isPresent())
                .mapToInt(CharsetMatch::getConfidence)
                .max()
                .orElse(0);
        return Stream.of(matches)
                .filter(match -> match.getConfidence() > western + SURER)
                .flatMap(match -> charset(match).stream())
                .findFirst()
                .orElse(WESTERN);
    }

    private static Optional<Charset> charset(CharsetMatch match) {
        return Parse.of(OF_WINDOWS.getOrDefault(match.getName(), match.getName()), Charset::forName)
                .filter(charset -> !charset.equals(StandardCharsets.UTF_8));
    }
}
