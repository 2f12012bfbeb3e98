package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.secrets.SecretsBefore;
import dev.banyan.platform.secrets.SentSecret;
import dev.banyan.platform.secrets.SentSecrets;
import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import dev.banyan.platform.sso.SsoProvider;
import jakarta.inject.Singleton;

/// Seals and opens what providers must not lose: a copied row is worthless in another account or for another person.
@Singleton
final class AccountSsoSecrets implements SecretsBefore {

    private final SentSecrets secrets;

    AccountSsoSecrets(SentSecrets secrets) {
        this.secrets = secrets;
    }

    String seal(AccountId tenant, SsoProvider provider, String secret) {
        return secrets.seal(SentSecret.ACCOUNT_SSO, secret, ofAccount(tenant), provider.secretOrigin());
    }

    /// Returns the secret of the client; empty if there is none.
    Optional<String> open(AccountId tenant, AccountSso stored) throws ProviderTrouble {
        return open(
                SentSecret.ACCOUNT_SSO,
                stored.sealedSecret(),
                ofAccount(tenant),
                stored.provider().secretOrigin());
    }

    @Override
    public List<Found> found(Tx tx) {
        return new AccountSsoStore(tx)
                .sealedBefore(SEAL).stream()
                        .map(row -> new Found(
                                SentSecret.ACCOUNT_SSO,
                                row.sealed(),
                                ofAccount(row.tenant()),
                                ofAccount(row.tenant()),
                                row.settings().provider().secretOrigin(),
                                (then, resealed) -> new AccountSsoStore(then).reseal(row.tenant(), row, resealed)))
                        .toList();
    }

    private static String ofAccount(AccountId tenant) {
        return "sso of account " + tenant;
    }

    /// Seals by the person and not by the session, whose token may change.
    ///
    /// @param issuer the identity of the provider that it came from, and may be sent to
    String sealRenewal(AccountId tenant, IdentityId person, String issuer, String secret) {
        return secrets.seal(SentSecret.ACCOUNT_SESSION, secret, ofPerson(tenant, person), issuer);
    }

    Optional<String> openRenewal(AccountId tenant, IdentityId person, SsoProvider provider, Optional<String> sealed)
            throws ProviderTrouble {
        return open(SentSecret.ACCOUNT_SESSION, sealed, ofPerson(tenant, person), provider.identity());
    }

    private static String ofPerson(AccountId tenant, IdentityId person) {
        return "sso renewal of " + tenant + " " + person;
    }

    private Optional<String> open(SentSecret kind, Optional<String> sealed, String purpose, String origin)
            throws ProviderTrouble {
        if (sealed.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> secret = secrets.open(kind, sealed.get(), purpose, origin);
        if (secret.isEmpty()) {
            throw new ProviderTrouble(Kind.SETUP, SentSecrets.ENTER_AGAIN);
        }
        return secret;
    }
}
