package dev.banyan.workspaces.sso;

import dev.banyan.platform.secrets.SealedSecrets;
import dev.banyan.platform.secrets.SealedSecrets.Opened;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.sso.OidcProvider.Secrets;
import dev.banyan.workspaces.sso.ProviderTrouble.Kind;
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
    Optional<String> open(Workspace workspace, SsoSettings.Stored stored) throws ProviderTrouble {
        return open(stored.sealedSecret(), ofWorkspace(workspace));
    }

    private static String ofWorkspace(Workspace workspace) {
        return "sso of " + workspace.id(); // not of the tenant, which it may leave
    }

    /// Neither holds a space.
    String sealAttempt(WorkspaceId workspace, String stateHash, Secrets attempt) {
        return secrets.seal(attempt.nonce() + " " + attempt.verifier(), ofAttempt(workspace, stateHash));
    }

    Secrets openAttempt(WorkspaceId workspace, String stateHash, String sealed) throws ProviderTrouble {
        String[] parts = open(Optional.of(sealed), ofAttempt(workspace, stateHash))
                .orElse("")
                .split(" ", -1);
        if (parts.length != 2) {
            throw new ProviderTrouble(Kind.REFUSED, "The sign-in that was begun can’t be read.");
        }
        return new Secrets(parts[0], parts[1]);
    }

    private static String ofAttempt(WorkspaceId workspace, String stateHash) {
        return "sso attempt of " + workspace + " " + stateHash;
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
