package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.document.JsonDocument;
import dev.banyan.platform.secrets.SealedSecrets;
import dev.banyan.platform.secrets.SealedSecrets.Opened;
import dev.banyan.platform.sso.SsoAttempt;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoProof;
import jakarta.inject.Singleton;

/// Remembers which sessions a provider opened, also when a second factor was asked for in between.
@Singleton
record MemberSessions(AccountSsoSecrets secrets, SealedSecrets seals, Clock clock) {

    private static final Duration SECOND_STEP = Duration.ofMinutes(10);

    /// @param token of a session that was opened just now
    void opened(Tx tx, SsoOwner account, IdentityId person, String token, SsoProof proof) {
        insert(tx, account, person, Digests.sha256Hex(token), proof);
    }

    private void insert(Tx tx, SsoOwner account, IdentityId person, String tokenHash, SsoProof proof) {
        new AccountSsoSessionStore(tx)
                .insert(account, secrets.session(account, person, tokenHash, proof, clock.instant()));
    }

    /// Keeps what the provider has proved until the second factor is right.
    ///
    /// @param awaited the secret that continues the sign-in
    void waits(Tx tx, SsoOwner account, IdentityId person, String awaited, SsoProof proof) {
        String hash = Digests.sha256Hex(awaited);
        String sealed = seals.seal(JsonDocument.write(proof), purpose(account, person, hash));
        new AccountSsoAttemptStore(tx)
                .insert(
                        account,
                        new SsoAttempt(hash, "", sealed, clock.instant().plus(SECOND_STEP)));
    }

    private static String purpose(SsoOwner account, IdentityId person, String hash) {
        return "sso second step of " + account.tenant() + " " + person + " " + hash;
    }

    /// Called for every sign-in that had a second step; does nothing if it didn’t begin at a provider.
    void continued(Tx tx, IdentityId person, String awaited, String tokenHash) {
        var attempts = new AccountSsoAttemptStore(tx);
        Optional<SsoOwner> account = attempts.accountOf(awaited);
        Optional<SsoAttempt> attempt = account.flatMap(found -> attempts.take(found, awaited));
        if (attempt.isEmpty()) {
            return;
        }
        if (seals.open(attempt.get().sealedSecrets(), purpose(account.orElseThrow(), person, awaited))
                instanceof Opened.Done(String json)) {
            insert(tx, account.orElseThrow(), person, tokenHash, JsonDocument.read(json, SsoProof.class));
        }
    }
}
