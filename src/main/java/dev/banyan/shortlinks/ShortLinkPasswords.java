package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.Digests;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.secrets.SealedSecrets;
import jakarta.inject.Singleton;

/// Passwords in front of short links, and the proofs that visitors have entered one.
@Singleton
record ShortLinkPasswords(Passwords passwords, SealedSecrets secrets, RateLimits limits, Clock clock) {

    /// How long a visitor need not enter the password again.
    static final Duration UNLOCKED = Duration.ofHours(12);

    /// The result of entering a password.
    sealed interface Unlocking {

        /// @param proof for the visitor's cookie
        record Done(String proof) implements Unlocking {}

        record Wrong() implements Unlocking {}

        record TooMany(Duration pause) implements Unlocking {}

        /// There is nothing to unlock: following the link gives the reason.
        record NotLocked() implements Unlocking {}
    }

    /// @param ip of the visitor, whose attempts are counted
    Unlocking unlock(ShortLink link, String password, String ip) {
        return countingFailures(
                RateLimit.SHORT_LINK_PASSWORDS_BY_IP,
                link.id() + " " + ip,
                () -> countingFailures(
                        RateLimit.SHORT_LINK_PASSWORDS, link.id().toString(), () -> tried(link, password)));
    }

    private Unlocking countingFailures(RateLimit limit, String key, Supplier<Unlocking> attempt) {
        return limits.countingFailures(limit, key, attempt, Unlocking.Wrong.class::isInstance, Unlocking.TooMany::new);
    }

    private Unlocking tried(ShortLink link, String password) {
        if (password.length() <= 2 * Passwords.LONGEST
                && passwords.verify(Optional.of(link.passwordHash()), password) instanceof Passwords.Verdict.Right) {
            Instant until = clock.instant().plus(UNLOCKED);
            return new Unlocking.Done(secrets.seal(until.toString(), purpose(link)));
        }
        return new Unlocking.Wrong();
    }

    boolean isProof(ShortLink link, String proof) {
        try {
            return link.hasPassword()
                    && secrets.open(proof, purpose(link)) instanceof SealedSecrets.Opened.Done(String until)
                    && clock.instant().isBefore(Instant.parse(until));
        } catch (DateTimeException _) {
            return false;
        }
    }

    /// Includes the password, so that a new one invalidates old proofs.
    private static String purpose(ShortLink link) {
        return "short-link " + link.id() + " " + Digests.sha256Hex(link.passwordHash());
    }
}
