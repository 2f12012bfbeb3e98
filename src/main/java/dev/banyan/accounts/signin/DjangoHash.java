package dev.banyan.accounts.signin;

import module java.base;

/// Checks passwords against the hashes that Django makes unless it is told otherwise:
/// `pbkdf2_sha256$iterations$salt$hash`.
final class DjangoHash {

    static final String BEGIN = "pbkdf2_sha256$";

    private DjangoHash() {}

    static boolean matches(String hash, String password) {
        String[] parts = hash.split("\\$");
        byte[] wanted = Base64.getDecoder().decode(parts[3]);
        var spec = new PBEKeySpec(
                password.toCharArray(),
                parts[2].getBytes(StandardCharsets.UTF_8),
                Integer.parseInt(parts[1]),
                wanted.length * Byte.SIZE);
        try {
            byte[] derived = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            return MessageDigest.isEqual(wanted, derived);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        } finally {
            spec.clearPassword();
        }
    }
}
