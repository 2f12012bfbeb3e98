package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.accounts.sso.AccountSsoSessionStore.MemberSession;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.document.JsonDocument;
import dev.banyan.platform.secrets.SealedSecrets;
import dev.banyan.platform.secrets.SealedSecrets.Opened;
import dev.banyan.platform.sso.SsoAttempt;
import dev.banyan.platform.sso.SsoProof;
import dev.banyan.platform.sso.UsedSessions;
import jakarta.inject.Singleton;

/// Remembers which sessions a provider opened, also when a second factor was asked for in between.
@Singleton
final class MemberSessions {

    private static final Duration SECOND_STEP = Duration.ofMinutes(10);

    private final AccountSsoSecrets secrets;
    private final SealedSecrets seals;
    private final Clock clock;

    MemberSessions(AccountSsoSecrets secrets, SealedSecrets seals, Clock clock) {
        this.secrets = secrets;
        this.seals = seals;
        this.clock = clock;
    }

    /// @param token of a session that was opened just now
    void opened(Tx tx, AccountId tenant, IdentityId person, String token, SsoProof proof) {
        insert(tx, tenant, person, Digests.sha256Hex(token), proof);
    }

    private void insert(Tx tx, AccountId tenant, IdentityId person, String tokenHash, SsoProof proof) {
        Instant now = clock.instant();
        Instant end = proof.sessionEnd(now);
        new AccountSsoSessionStore(tx)
                .insert(
                        tenant,
                        new MemberSession(
                                tokenHash,
                                tenant,
                                person,
                                proof.person().issuer(),
                                proof.person().subject(),
                                proof.renewal()
                                        .map(secret -> secrets.sealRenewal(
                                                tenant, person, proof.person().issuer(), secret)),
                                now,
                                end.minus(UsedSessions.WITHOUT_ANSWER),
                                proof.renewal().isPresent() ? UsedSessions.NEVER : end));
    }

    /// Keeps what the provider has proved until the second factor is right.
    ///
    /// @param awaited the secret that continues the sign-in
    void waits(Tx tx, AccountId tenant, IdentityId person, String awaited, SsoProof proof) {
        String hash = Digests.sha256Hex(awaited);
        String sealed = seals.seal(JsonDocument.write(proof), purpose(tenant, person, hash));
        new AccountSsoAttemptStore(tx)
                .insert(tenant, new SsoAttempt(hash, "", sealed, clock.instant().plus(SECOND_STEP)));
    }

    private static String purpose(AccountId tenant, IdentityId person, String hash) {
        return "sso second step of " + tenant + " " + person + " " + hash;
    }

    /// Called for every sign-in that had a second step; does nothing if it didn’t begin at a provider.
    void continued(Tx tx, IdentityId person, String awaited, String tokenHash) {
        var attempts = new AccountSsoAttemptStore(tx);
        Optional<AccountId> tenant = attempts.accountOf(awaited);
        Optional<SsoAttempt> attempt = tenant.flatMap(found -> attempts.take(found, awaited));
        if (attempt.isEmpty()) {
            return;
        }
        if (seals.open(attempt.get().sealedSecrets(), purpose(tenant.orElseThrow(), person, awaited))
                instanceof Opened.Done(String json)) {
            insert(tx, tenant.orElseThrow(), person, tokenHash, JsonDocument.read(json, SsoProof.class));
        }
    }
}
