package dev.banyan.workspaces.sso;

import module java.base;
import com.nimbusds.jwt.JWT;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.sso.ProviderSignIn;
import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.access.WorkspaceSessions;
import jakarta.inject.Singleton;

/// Ends the sessions of people who signed out at their provider (OpenID Connect Back-Channel Logout). It names the
/// person, its session, or both. A message that arrives twice does nothing the second time.
@Singleton
record SsoSignOuts(Database database, ProviderSignIn providers, SsoSessions signIns, WorkspaceSessions sessions) {

    void signedOut(Workspace workspace, JWT token) throws ProviderTrouble {
        Optional<StoredSso> stored = signIns.settings(workspace);
        if (stored.isEmpty() || !(stored.get().provider() instanceof SsoProvider.Oidc provider)) {
            throw new ProviderTrouble(Kind.REFUSED, "The workspace has no OpenID provider.");
        }
        LogoutTokenClaimsSet claims = providers.signedOut(provider, token);
        String subject = Objects.requireNonNullElse(claims.getStringClaim("sub"), "");
        String session = Objects.requireNonNullElse(claims.getStringClaim("sid"), "");
        if (subject.isEmpty() && session.isEmpty()) {
            throw new ProviderTrouble(Kind.REFUSED, "The logout token names neither a person nor a session.");
        }
        SsoOwner owner = StoredSso.owner(workspace);
        List<String> hashes = database.read(owner.tenant(), tx -> {
            var store = new WorkspaceSsoSessionStore(tx);
            return subject.isEmpty()
                    ? store.ofSession(owner, provider.identity(), session)
                    : store.ofPerson(owner, provider.identity(), subject);
        });
        hashes.forEach(sessions::close);
    }
}
