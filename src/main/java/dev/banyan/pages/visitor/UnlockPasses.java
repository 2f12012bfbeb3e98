package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.pages.LinkId;
import dev.banyan.pages.LinkLock;
import dev.banyan.platform.Digests;
import dev.banyan.platform.secrets.SealedSecrets;
import jakarta.inject.Singleton;

/// Passes that open one locked link for a short time, issued to the visitor who opened its lock. They are invalid for
/// other links and after a change of the lock.
@Singleton
public record UnlockPasses(SealedSecrets secrets, Clock clock) {

    static final Duration LIFE = Duration.ofMinutes(30);

    private static final int LONGEST = 200;

    String issue(LinkId link, LinkLock lock) {
        return secrets.seal(Long.toString(clock.instant().plus(LIFE).toEpochMilli()), purpose(link, lock));
    }

    /// @param pass as sent by a visitor
    boolean opens(String pass, LinkId link, LinkLock lock) {
        return pass.length() <= LONGEST
                && switch (secrets.open(pass, purpose(link, lock))) {
                    case SealedSecrets.Opened.Done(String until) -> clock.millis() < Long.parseLong(until);
                    case SealedSecrets.Opened.NoKey _, SealedSecrets.Opened.Broken _ -> false;
                };
    }

    private static String purpose(LinkId link, LinkLock lock) {
        return "unlock " + link + " " + Digests.sha256Hex(lock.type().key() + " " + lock.code());
    }
}
