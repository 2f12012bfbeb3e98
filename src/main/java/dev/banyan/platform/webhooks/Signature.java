package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.Parse;

/// Signs as the Standard Webhooks specification says: HMAC-SHA256 of id, time and body, in Base64.
public final class Signature {

    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Signature() {}

    public static String newSecret() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /// Returns whether it is a secret: `whsec_` and 24 to 64 bytes in Base64.
    public static boolean isSecret(String secret) {
        return bytes(secret)
                .filter(key -> key.length >= SHORTEST && key.length <= LONGEST)
                .isPresent();
    }

    private static Optional<byte[]> bytes(String secret) {
        return secret.startsWith(PREFIX)
                ? Parse.of(secret.substring(PREFIX.length()), Base64.getDecoder()::decode)
                : Optional.empty();
    }

    /// Returns the header `webhook-signature`.
    ///
    /// @param secrets the newest first; receivers accept any of the signatures
    public static String of(List<String> secrets, String id, Instant at, String body) {
        String signed = id + "." + at.getEpochSecond() + "." + body;
        return secrets.stream().map(secret -> "v1," + hmac(secret, signed)).collect(Collectors.joining(" "));
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(secret).orElseThrow(), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has HmacSHA256", impossible);
        }
    }
}
