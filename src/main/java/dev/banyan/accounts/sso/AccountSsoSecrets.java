package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.secrets.SentSecret;
import dev.banyan.platform.secrets.SentSecrets;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.realm.SsoSecrets;
import dev.banyan.platform.sso.realm.SsoSettingsStore;
import jakarta.inject.Singleton;

/// Secrets of accounts’ providers. Renewals are sealed by the person and not by the session, whose token may change;
/// members sign out here alone, which needs no ID token.
@Singleton
final class AccountSsoSecrets extends SsoSecrets<IdentityId> {

    AccountSsoSecrets(SentSecrets secrets) {
        super(secrets, SentSecret.ACCOUNT_SSO, SentSecret.ACCOUNT_SESSION);
    }

    @Override
    protected SsoSettingsStore<?> settings(Tx tx) {
        return new AccountSsoStore(tx);
    }

    @Override
    protected String purpose(SsoOwner owner) {
        return "sso of account " + owner.tenant();
    }

    @Override
    protected Optional<String> purpose(Token token, SsoOwner owner, IdentityId person, String tokenHash) {
        return Optional.of("sso renewal of " + owner.tenant() + " " + person).filter(_ -> token == Token.RENEWAL);
    }
}
