package dev.banyan.accounts.signin.factors;

import module java.base;
import dev.samstevens.totp.code.CodeGenerator;
import dev.samstevens.totp.code.DefaultCodeGenerator;
import dev.samstevens.totp.code.HashingAlgorithm;
import dev.samstevens.totp.exceptions.CodeGenerationException;
import dev.samstevens.totp.qr.QrData;
import dev.samstevens.totp.secret.DefaultSecretGenerator;

/// Codes of authenticator apps in the form that all of them use (RFC 6238): SHA-1, six digits, thirty seconds. A code
/// of the step before and of the one after is accepted too, because phone clocks differ.
public final class TotpCodes {

    public static final String ISSUER = "Banyan";
    private static final int SECRET_LETTERS = 32; // 20 bytes
    private static final int DIGITS = 6;
    private static final int PERIOD_SECONDS = 30;
    private static final int STEPS_BESIDE = 1;

    private static final CodeGenerator CODES = new DefaultCodeGenerator(HashingAlgorithm.SHA1, DIGITS);

    private TotpCodes() {}

    public static String newSecret() {
        return new DefaultSecretGenerator(SECRET_LETTERS).generate();
    }

    /// Returns the content of the QR code for an app.
    public static String uri(String secret, String accountName) {
        return new QrData.Builder()
                .label(ISSUER + ":" + accountName)
                .secret(secret)
                .issuer(ISSUER)
                .algorithm(HashingAlgorithm.SHA1)
                .digits(DIGITS)
                .period(PERIOD_SECONDS)
                .build()
                .getUri();
    }

    /// Returns the time step that the code belongs to.
    public static OptionalLong step(String secret, String code, Instant now) {
        long current = Math.floorDiv(now.getEpochSecond(), PERIOD_SECONDS);
        OptionalLong found = OptionalLong.empty();
        for (long step = current - STEPS_BESIDE; step <= current + STEPS_BESIDE; step++) {
            if (equal(code(secret, step), code)) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    private static String code(String secret, long step) {
        try {
            return CODES.generate(secret, step);
        } catch (CodeGenerationException impossible) {
            throw new IllegalStateException("Every Java has HMAC-SHA1", impossible);
        }
    }

    private static boolean equal(String right, String typed) {
        return MessageDigest.isEqual(
                right.getBytes(StandardCharsets.US_ASCII), typed.getBytes(StandardCharsets.US_ASCII));
    }
}
