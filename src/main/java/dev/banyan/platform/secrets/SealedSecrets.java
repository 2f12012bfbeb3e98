package dev.banyan.platform.secrets;

import module java.base;
import dev.banyan.platform.config.Settings;
import jakarta.inject.Singleton;

/// Seals secrets for the database with AES-256-GCM. A sealed secret opens only with the key that sealed it and for its
/// purpose, so that a copied row is worthless elsewhere.
///
/// Written: `v1.`, the id of the key, `.`, the nonce and `.`, the sealed bytes, both in base64url. For secrets that are
/// sent to other servers, use [SentSecrets].
@Singleton
public final class SealedSecrets {

    static final String VERSION = "v1";
    /// Of [SentSecrets], whose text begins with an origin.
    static final String SENT = "v2";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    /// The result of opening a sealed secret.
    public sealed interface Opened {

        record Done(String secret) implements Opened {
            /// Keeps the secret out of logs.
            @Override
            public String toString() {
                return "Done[secret]";
            }
        }

        /// The key that sealed it is not available: a backup was restored without it, or the key was replaced.
        record NoKey(String keyId) implements Opened {}

        /// It was changed, or sealed for another purpose.
        record Broken() implements Opened {}
    }

    private final CredentialsKeys keys;

    public SealedSecrets(Settings settings) {
        this.keys = new CredentialsKeys(settings.data(), settings.credentialsKey());
    }

    /// Returns the id of the key that seals, creating one if there is none.
    public static String keyId(Settings settings) {
        return new CredentialsKeys(settings.data(), settings.credentialsKey())
                .newest()
                .id();
    }

    /// @param purpose the owner and the use of the secret, such as tenant, workspace and address; not secret itself
    public String seal(String secret, String purpose) {
        return seal(VERSION, secret, purpose);
    }

    String seal(String version, String secret, String purpose) {
        CredentialsKeys.Key key = keys.newest();
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, version, key, nonce, purpose);
            byte[] sealed = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return version + "." + key.id() + "." + ENCODER.encodeToString(nonce) + "."
                    + ENCODER.encodeToString(sealed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has AES-GCM", impossible);
        }
    }

    public Opened open(String sealed, String purpose) {
        return open(VERSION, sealed, purpose);
    }

    Opened open(String version, String sealed, String purpose) {
        String[] parts = sealed.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals(version)) {
            return new Opened.Broken();
        }
        Optional<CredentialsKeys.Key> key = keys.find(parts[1]);
        if (key.isEmpty()) {
            return new Opened.NoKey(parts[1]);
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, version, key.get(), DECODER.decode(parts[2]), purpose);
            return new Opened.Done(new String(cipher.doFinal(DECODER.decode(parts[3])), StandardCharsets.UTF_8));
        } catch (AEADBadTagException | IllegalArgumentException _) {
            return new Opened.Broken();
        } catch (GeneralSecurityException _) {
            return new Opened.Broken(); // a nonce or a length that this cipher does not accept
        }
    }

    /// Returns a keyed digest of a text that is too short for a plain one, such as six digits: trying all of them on a
    /// copy of the database would find it, but every try needs the key.
    ///
    /// Written: `v1.`, the id of the key, `.`, the digest in base64url.
    public String stamp(String text, String purpose) {
        return stamp(keys.newest(), text, purpose);
    }

    /// Returns true if this is the stamp of that text; takes as long for a wrong text.
    public boolean isStampOf(String stamp, String text, String purpose) {
        String[] parts = stamp.split("\\.", -1);
        return parts.length == 3
                && keys.find(parts[1])
                        .filter(key -> MessageDigest.isEqual(bytes(stamp), bytes(stamp(key, text, purpose))))
                        .isPresent();
    }

    private static String stamp(CredentialsKeys.Key key, String text, String purpose) {
        byte[] ofStamps = hmac(key.bytes(), "stamps");
        return VERSION + "." + key.id() + "." + ENCODER.encodeToString(hmac(ofStamps, purpose + "\n" + text));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has HMAC", impossible);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Returns how many of these can't be opened here, because the key that sealed them is missing. Creates no key.
    public static long lost(Settings settings, List<String> sealed) {
        Set<String> ids = new CredentialsKeys(settings.data(), settings.credentialsKey()).ids();
        return sealed.stream()
                .map(text -> text.split("\\.", -1))
                .filter(parts -> parts.length != 4 || !ids.contains(parts[1]))
                .count();
    }

    private static Cipher cipher(int mode, String version, CredentialsKeys.Key key, byte[] nonce, String purpose)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key.bytes(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((version + " " + key.id() + " " + purpose).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
