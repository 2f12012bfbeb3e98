package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Owner;
import dev.banyan.platform.dns.HostName;

/// A host name that an account has, or wants to prove that it owns.
///
/// @param page what is at `/`: a page; empty: the default page
/// @param workspace the workspace that is there instead of pages
/// @param problem what the last check found wrong, for people
/// @param missingSince since when the proof is gone
public record Domain(
        UUID id,
        Owner owner,
        HostName host,
        Optional<String> page,
        Optional<String> workspace,
        State state,
        Optional<String> problem,
        Optional<Instant> provedAt,
        Optional<Instant> missingSince,
        Optional<Instant> checkedAt,
        Instant createdAt) {

    /// Where a proof is looked up, in front of the host.
    static final String PROOF_AT = "_banyan.";

    public enum State implements Keyed {
        /// Not proved yet.
        PENDING(false),
        ACTIVE(true),
        /// The proof is gone, for less than seven days.
        MISSING(true),
        /// The proof was gone for seven days, or the host was proved by another account.
        OFF(false);

        private final boolean served;

        State(boolean served) {
            this.served = served;
        }

        public boolean isServed() {
            return served;
        }
    }

    /// Returns what is wrong with it, for people: the host itself, or what the last check has found.
    public Optional<String> trouble() {
        return Optional.of(host)
                .filter(name -> provedAt.isEmpty() && name.isPublicSuffix())
                .map(name -> "Anyone can register names below " + name.shown()
                        + ". Remove this domain, and add your own name below it.")
                .or(() -> problem);
    }

    /// Returns the text that proves it.
    public String proof() {
        return "verify=" + id;
    }

    public String proofName() {
        return PROOF_AT + host;
    }

    /// Returns the same host without the workspace that is there.
    Domain released() {
        return new Domain(
                id, owner, host, page, Optional.empty(), state, problem, provedAt, missingSince, checkedAt, createdAt);
    }

    Domain checked(State now, Optional<String> found, Optional<Instant> proved, Optional<Instant> missing, Instant at) {
        return new Domain(id, owner, host, page, workspace, now, found, proved, missing, Optional.of(at), createdAt);
    }
}
