package dev.banyan.accounts.sso;

import module java.base;
import com.nimbusds.jwt.JWT;
import dev.banyan.accounts.sso.MemberDoors.Door;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.sso.ProviderSignIn;
import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.sso.realm.SsoSessionStore.SsoSession;
import jakarta.inject.Singleton;

/// Ends the sessions of members who signed out at their account's provider (OpenID Connect Back-Channel Logout), which
/// must name the person. A message that arrives twice does nothing the second time.
@Singleton
record MemberSignOuts(Database database, ProviderSignIn providers, MemberRechecks members) {

    void signedOut(Door door, JWT token) throws ProviderTrouble {
        if (!(door.provider() instanceof SsoProvider.Oidc provider)) {
            throw new ProviderTrouble(Kind.REFUSED, "The account has no OpenID provider.");
        }
        String subject =
                Objects.requireNonNullElse(providers.signedOut(provider, token).getStringClaim("sub"), "");
        if (subject.isEmpty()) {
            throw new ProviderTrouble(Kind.REFUSED, "The logout token names no person.");
        }
        List<SsoSession<IdentityId>> theirs = database.read(door.owner().tenant(), tx -> {
            var store = new AccountSsoSessionStore(tx);
            return store.ofPerson(door.owner(), provider.identity(), subject).stream()
                    .flatMap(hash -> store.find(door.owner(), hash).stream())
                    .toList();
        });
        theirs.forEach(session -> members.end(Optional.of(door), session));
    }
}
