package dev.banyan.whatsapp.session;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/// Codes as WhatsApp lets people type them on their phones, in two halves, without letters and digits that look alike.
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
