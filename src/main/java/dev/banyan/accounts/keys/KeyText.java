package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.platform.Digests;

/// The text of an API key: `ltm_k1234567_` and 32 unguessable characters for an account (LinkToMe contract 2.9), or
/// `wsk_w1234567_` and as many for a workspace. The 32 characters of a key in test mode, and of no other, begin with
/// `test`.
public record KeyText(Kind kind, String id, String secret) {

    /// Whose key it is.
    public enum Kind {
        ACCOUNT("ltm_", "k"),
        WORKSPACE("wsk_", "w");

        private final String prefix;
        private final String letter;
        private final Pattern written;

        Kind(String prefix, String letter) {
            this.prefix = prefix;
            this.letter = letter;
            this.written = Pattern.compile(prefix + "(" + letter + "[a-z0-9]{7})_([a-z0-9]{32})");
        }

        /// Returns true if a text claims to be such a key.
        public boolean isOf(String text) {
            return text.startsWith(prefix);
        }
    }

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 32;
    private static final String TEST = "test";
    private static final SecureRandom RANDOM = new SecureRandom();

    public static KeyText random(Kind kind) {
        String secret;
        do {
            secret = letters(LENGTH);
        } while (secret.startsWith(TEST));
        return new KeyText(kind, kind.letter + letters(7), secret);
    }

    /// Makes a key in test mode, whose secret says so to everyone who reads it.
    static KeyText forTests() {
        return new KeyText(Kind.ACCOUNT, Kind.ACCOUNT.letter + letters(7), TEST + letters(LENGTH - TEST.length()));
    }

    public static Optional<KeyText> parse(Kind kind, String text) {
        Matcher written = kind.written.matcher(text);
        return written.matches()
                ? Optional.of(new KeyText(kind, written.group(1), written.group(2)))
                : Optional.empty();
    }

    public String hash() {
        return Digests.sha256Hex(text());
    }

    public boolean isOf(String storedHash) {
        return MessageDigest.isEqual(
                hash().getBytes(StandardCharsets.US_ASCII), storedHash.getBytes(StandardCharsets.US_ASCII));
    }

    public String text() {
        return kind.prefix + id + "_" + secret;
    }

    /// Leaves out the secret, because records are written to logs.
    @Override
    public String toString() {
        return kind.prefix + id + "_…";
    }

    private static String letters(int count) {
        return RANDOM.ints(count, 0, LETTERS.length())
                .collect(StringBuilder::new, (text, at) -> text.append(LETTERS.charAt(at)), StringBuilder::append)
                .toString();
    }
}
