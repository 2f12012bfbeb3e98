package dev.banyan.accounts.signin.factors;

import module java.base;

/// Codes that people type: six digits sent by mail, and backup codes of eight letters and digits, without characters
/// that look alike.
public final class ShortCodes {

    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int BACKUP_LENGTH = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ShortCodes() {}

    public static String digits() {
        return String.format(Locale.ROOT, "%06d", RANDOM.nextInt(1_000_000));
    }

    public static String backup() {
        return IntStream.range(0, BACKUP_LENGTH)
                .mapToObj(_ -> String.valueOf(LETTERS.charAt(RANDOM.nextInt(LETTERS.length()))))
                .collect(Collectors.joining());
    }

    /// Normalizes a typed code: without spaces and hyphens, in capitals.
    public static String typed(String text) {
        return text.length() > 40 ? "" : text.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    }
}
