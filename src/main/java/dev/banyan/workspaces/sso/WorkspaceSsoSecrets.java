package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.secrets.SentSecret;
import dev.banyan.platform.secrets.SentSecrets;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.realm.SsoSecrets;
import dev.banyan.platform.sso.realm.SsoSettingsStore;
import jakarta.inject.Singleton;

/// Secrets of workspaces’ providers. Tokens are sealed by the session.
@Singleton
final class WorkspaceSsoSecrets extends SsoSecrets<Integer> {

    WorkspaceSsoSecrets(SentSecrets secrets) {
        super(secrets, SentSecret.WORKSPACE_SSO, SentSecret.WORKSPACE_SESSION);
    }

    @Override
    protected SsoSettingsStore<?> settings(Tx tx) {
        return new WorkspaceSsoStore(tx);
    }

    @Override
    protected String purpose(SsoOwner owner) {
        return "sso of " + owner.id();
    }

    @Override
    protected Optional<String> purpose(Token token, SsoOwner owner, Integer user, String tokenHash) {
        String part = token == Token.RENEWAL ? "renewal" : "id-token";
        return Optional.of("sso " + part + " of " + owner.id() + " " + tokenHash);
    }
}
