package dev.banyan.workspaces.sso;

import dev.banyan.platform.secrets.SealedSecrets;
import dev.banyan.platform.secrets.SealedSecrets.Opened;
import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Seals and opens what providers must not lose: a copied row is worthless in another workspace, session or sign-in.
@Singleton
final class SsoSecrets {

    private final SealedSecrets secrets;

    SsoSecrets(SealedSecrets secrets) {
        this.secrets = secrets;
    }

    String seal(Workspace workspace, String secret) {
        return secrets.seal(secret, ofWorkspace(workspace));
    }

    /// Returns the secret of the client, or of the account that searches; empty if there is none.
    Optional<String> open(Workspace workspace, StoredSso stored) throws ProviderTrouble {
        return open(stored.sealedSecret(), ofWorkspace(workspace));
    }

    private static String ofWorkspace(Workspace workspace) {
        return "sso of " + workspace.id(); // not of the tenant, which it may leave
    }

    /// @param part `renewal` or `id-token`
    String sealSession(WorkspaceId workspace, String tokenHash, String part, String secret) {
        return secrets.seal(secret, ofSession(workspace, tokenHash, part));
    }

    Optional<String> openSession(WorkspaceId workspace, String tokenHash, String part, Optional<String> sealed)
            throws ProviderTrouble {
        return open(sealed, ofSession(workspace, tokenHash, part));
    }

    private static String ofSession(WorkspaceId workspace, String tokenHash, String part) {
        return "sso " + part + " of " + workspace + " " + tokenHash;
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
