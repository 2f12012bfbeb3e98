package dev.banyan.accounts.signin.factors;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.secrets.SealedSecrets;
import jakarta.inject.Singleton;

/// Challenges that devices sign. The browser keeps the challenge, sealed, until it answers: requesting challenges can't
/// fill a table, and only answered ones are stored, so that no answer counts twice.
@Singleton
record PasskeyChallenges(SealedSecrets secrets, Clock clock) {

    static final Duration LIFE = Duration.ofMinutes(5);
    private static final int LONGEST = 20_000;

    /// A challenge that was sent back.
    ///
    /// @param request as the library wrote it
    record Open(String hash, Instant expiresAt, String request) {}

    /// @param purpose the person and the reason for the challenge: it is valid for nothing else
    String seal(String purpose, String request) {
        return secrets.seal(clock.instant().plus(LIFE).toEpochMilli() + "\n" + request, purpose(purpose));
    }

    /// @return empty if it is not ours, was made for another purpose or is too old
    Optional<Open> open(String purpose, String token) {
        if (token.length() > LONGEST
                || !(secrets.open(token, purpose(purpose)) instanceof SealedSecrets.Opened.Done(String text))) {
            return Optional.empty();
        }
        int line = text.indexOf('\n');
        Instant expiresAt = Instant.ofEpochMilli(Long.parseLong(text.substring(0, line)));
        // of the text, not the token: base64url can write the same bytes in more than one way
        return Optional.of(new Open(Digests.sha256Hex(text), expiresAt, text.substring(line + 1)))
                .filter(open -> open.expiresAt().isAfter(clock.instant()));
    }

    private static String purpose(String purpose) {
        return "passkey " + purpose;
    }

    /// @return false if it was answered before
    boolean claim(Tx tx, Open open) {
        return new PasskeyStore(tx).claimChallenge(open.hash(), open.expiresAt());
    }
}
