package dev.banyan.accounts.keys;

import dev.banyan.platform.Digests;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of an API key (LinkToMe contract 2.9): `ltm_k1234567_` and 32 unguessable characters.
record KeyText(String id, String secret) {

    private static final String PREFIX = "ltm_";
    private static final Pattern WRITTEN = Pattern.compile(PREFIX + "(k[a-z0-9]{7})_([a-z0-9]{32})");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    static KeyText random() {
        return new KeyText("k" + letters(7), letters(32));
    }

    static Optional<KeyText> parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        return written.matches() ? Optional.of(new KeyText(written.group(1), written.group(2))) : Optional.empty();
    }

    String hash() {
        return Digests.sha256Hex(text());
    }

    String text() {
        return PREFIX + id + "_" + secret;
    }

    /// Leaves out the secret, because records are written to logs.
    @Override
    public String toString() {
        return PREFIX + id + "_…";
    }

    private static String letters(int count) {
        return RANDOM.ints(count, 0, LETTERS.length())
                .collect(StringBuilder::new, (text, at) -> text.append(LETTERS.charAt(at)), StringBuilder::append)
                .toString();
    }
}
