package dev.banyan.whatsapp.session;

import module java.base;

/// Generates codes that people type on their phones as in WhatsApp: two halves, without characters that look alike.
public final class PairingCodes {

    private static final String LETTERS = "123456789ABCDEFGHJKLMNPQRSTVWXYZ";
    private static final int HALF = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private PairingCodes() {}

    public static String next() {
        return half() + "-" + half();
    }

    private static String half() {
        return RANDOM.ints(HALF, 0, LETTERS.length())
                .mapToObj(LETTERS::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }
}
