package dev.banyan.platform;

import module java.base;
import com.ibm.icu.text.Transliterator;

/// Writes words of any script in plain Latin letters, as names in addresses need them.
public final class Latin {

    private static final Pattern SIGNS = Pattern.compile("[\\p{M}\\p{Lm}\\p{Sk}'’]+");
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}+");

    private Latin() {}

    /// Loaded when it is first needed, which takes a while.
    private static final class Letters {

        private static final Transliterator ANY = Transliterator.getInstance("Any-Latin; Latin-ASCII");

        private Letters() {}
    }

    /// Returns `Lodz` for `Łódź`, without apostrophes, marks that no one sees, and the like. What has no Latin letters,
    /// such as emoji, stays.
    public static String of(String text) {
        String seen = UNSEEN.matcher(text).replaceAll("");
        boolean isPlain = seen.chars().allMatch(character -> character < 128);
        return SIGNS.matcher(isPlain ? seen : Letters.ANY.transliterate(seen)).replaceAll("");
    }
}
