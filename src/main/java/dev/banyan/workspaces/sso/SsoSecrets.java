package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.secrets.SecretsBefore;
import dev.banyan.platform.secrets.SentSecret;
import dev.banyan.platform.secrets.SentSecrets;
import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import jakarta.inject.Singleton;

/// Seals and opens what providers must not lose: a copied row is worthless in another workspace, session or sign-in.
@Singleton
final class SsoSecrets implements SecretsBefore {

    private final SentSecrets secrets;

    SsoSecrets(SentSecrets secrets) {
        this.secrets = secrets;
    }

    String seal(Workspace workspace, SsoProvider provider, String secret) {
        return secrets.seal(SentSecret.WORKSPACE_SSO, secret, ofWorkspace(workspace.id()), provider.secretOrigin());
    }

    /// Returns the secret of the client, or of the account that searches; empty if there is none.
    Optional<String> open(Workspace workspace, StoredSso stored) throws ProviderTrouble {
        return open(
                SentSecret.WORKSPACE_SSO,
                stored.sealedSecret(),
                ofWorkspace(workspace.id()),
                stored.provider().secretOrigin());
    }

    private static String ofWorkspace(WorkspaceId workspace) {
        return "sso of " + workspace;
    }

    @Override
    public List<Found> found(Tx tx) {
        return new SsoStore(tx)
                .sealedBefore(SEAL).stream()
                        .map(row -> new Found(
                                SentSecret.WORKSPACE_SSO,
                                row.sealed(),
                                ofWorkspace(row.workspace()),
                                ofWorkspace(row.workspace()),
                                row.settings().provider().secretOrigin(),
                                (then, resealed) -> new SsoStore(then).reseal(row.tenant(), row, resealed)))
                        .toList();
    }

    /// @param part `renewal` or `id-token`
    /// @param issuer the identity of the provider that it came from, and may be sent to
    String sealSession(WorkspaceId workspace, String tokenHash, String part, String issuer, String secret) {
        return secrets.seal(SentSecret.WORKSPACE_SESSION, secret, ofSession(workspace, tokenHash, part), issuer);
    }

    Optional<String> openSession(
            WorkspaceId workspace, String tokenHash, String part, SsoProvider provider, Optional<String> sealed)
            throws ProviderTrouble {
        return open(SentSecret.WORKSPACE_SESSION, sealed, ofSession(workspace, tokenHash, part), provider.identity());
    }

    private static String ofSession(WorkspaceId workspace, String tokenHash, String part) {
        return "sso " + part + " of " + workspace + " " + tokenHash;
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
