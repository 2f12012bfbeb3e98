package dev.banyan.accounts.sso;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.secrets.SealedSecrets;
import dev.banyan.platform.secrets.SealedSecrets.Opened;
import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Seals and opens what providers must not lose: a copied row is worthless in another account or for another person.
@Singleton
final class AccountSsoSecrets {

    private final SealedSecrets secrets;

    AccountSsoSecrets(SealedSecrets secrets) {
        this.secrets = secrets;
    }

    String seal(AccountId tenant, String secret) {
        return secrets.seal(secret, ofAccount(tenant));
    }

    /// Returns the secret of the client; empty if there is none.
    Optional<String> open(AccountId tenant, AccountSso stored) throws ProviderTrouble {
        return open(stored.sealedSecret(), ofAccount(tenant));
    }

    private static String ofAccount(AccountId tenant) {
        return "sso of account " + tenant;
    }

    /// Seals by the person and not by the session, whose token may change.
    String sealRenewal(AccountId tenant, IdentityId person, String secret) {
        return secrets.seal(secret, ofPerson(tenant, person));
    }

    Optional<String> openRenewal(AccountId tenant, IdentityId person, Optional<String> sealed) throws ProviderTrouble {
        return open(sealed, ofPerson(tenant, person));
    }

    private static String ofPerson(AccountId tenant, IdentityId person) {
        return "sso renewal of " + tenant + " " + person;
    }

    private Optional<String> open(Optional<String> sealed, String purpose) throws ProviderTrouble {
        if (sealed.isEmpty()) {
            return Optional.empty();
        }
        return switch (secrets.open(sealed.get(), purpose)) {
            case Opened.Done(String secret) -> Optional.of(secret);
            case Opened.NoKey _, Opened.Broken _ ->
                throw new ProviderTrouble(
                        Kind.SETUP, "The stored secret can’t be opened on this server. Enter it again.");
        };
    }
}
