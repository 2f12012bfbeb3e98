package dev.banyan.platform.sso.realm;

import module java.base;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.secrets.SecretsBefore;
import dev.banyan.platform.secrets.SentSecret;
import dev.banyan.platform.secrets.SentSecrets;
import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoProof;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.sso.SsoRules.Wish;
import dev.banyan.platform.sso.StoredProvider;
import dev.banyan.platform.sso.UsedSessions;
import dev.banyan.platform.sso.realm.SsoSessionStore.SsoSession;

/// Seals and opens what providers must not lose: a copied row is worthless for another owner, person or session.
///
/// @param <P> who a person is here
public abstract class SsoSecrets<P> implements SecretsBefore {

    /// What a provider gives for a session.
    public enum Token {
        RENEWAL,
        ID_TOKEN
    }

    private final SentSecrets secrets;
    private final SentSecret ofClients;
    private final SentSecret ofSessions;

    protected SsoSecrets(SentSecrets secrets, SentSecret ofClients, SentSecret ofSessions) {
        this.secrets = secrets;
        this.ofClients = ofClients;
        this.ofSessions = ofSessions;
    }

    protected abstract SsoSettingsStore<?> settings(Tx tx);

    /// Returns for what the secret of an owner’s client is sealed.
    protected abstract String purpose(SsoOwner owner);

    /// Returns for what a token of a session is sealed; empty if it isn’t kept.
    protected abstract Optional<String> purpose(Token token, SsoOwner owner, P person, String tokenHash);

    /// Returns the secret of settings that are saved: what was entered, or what is kept, which must not get to another
    /// server.
    ///
    /// @param before the settings until now
    public final Optional<String> sealed(SsoOwner owner, Optional<? extends StoredProvider> before, Wish wish) {
        SsoProvider provider = wish.settings().provider();
        return wish.secret()
                .map(secret -> secrets.seal(ofClients, secret, purpose(owner), provider.secretOrigin()))
                .or(() -> before.filter(old -> old.provider().sharesSecretWith(provider))
                        .flatMap(StoredProvider::sealedSecret));
    }

    /// Returns the secret of the client, or of the account that searches; empty if there is none.
    public final Optional<String> open(SsoOwner owner, StoredProvider stored) throws ProviderTrouble {
        return open(
                ofClients,
                stored.sealedSecret(),
                purpose(owner),
                stored.provider().secretOrigin());
    }

    @Override
    public final List<Found> found(Tx tx) {
        return settings(tx).sealedBefore(SEAL).stream()
                .map(row -> new Found(
                        ofClients,
                        row.sealed(),
                        purpose(row.owner()),
                        purpose(row.owner()),
                        row.settings().provider().secretOrigin(),
                        (then, resealed) -> settings(then).reseal(row.owner(), row, resealed)))
                .toList();
    }

    /// Returns a session that begins now, with its tokens sealed.
    public final SsoSession<P> session(SsoOwner owner, P person, String tokenHash, SsoProof proof, Instant now) {
        String issuer = proof.person().issuer();
        Instant end = proof.sessionEnd(now);
        return new SsoSession<>(
                tokenHash,
                owner,
                person,
                issuer,
                proof.person().subject(),
                sealed(Token.RENEWAL, owner, person, tokenHash, issuer, proof.renewal()),
                sealed(Token.ID_TOKEN, owner, person, tokenHash, issuer, proof.idToken()),
                now,
                end.minus(UsedSessions.WITHOUT_ANSWER),
                proof.renewal().isPresent() ? UsedSessions.NEVER : end);
    }

    /// @param secret that the provider of the session gives from now on
    public final Optional<String> sealed(Token token, SsoSession<P> session, Optional<String> secret) {
        return sealed(token, session.owner(), session.person(), session.tokenHash(), session.issuer(), secret);
    }

    /// @param issuer the identity of the provider that it came from, and may be sent to
    private Optional<String> sealed(
            Token token, SsoOwner owner, P person, String tokenHash, String issuer, Optional<String> secret) {
        return secret.flatMap(found -> purpose(token, owner, person, tokenHash)
                .map(purpose -> secrets.seal(ofSessions, found, purpose, issuer)));
    }

    /// Opens a token of a session to send it to this provider; empty if there is none.
    public final Optional<String> open(Token token, SsoSession<P> session, SsoProvider provider)
            throws ProviderTrouble {
        Optional<String> sealed = token == Token.RENEWAL ? session.renewal() : session.idToken();
        Optional<String> purpose = purpose(token, session.owner(), session.person(), session.tokenHash());
        return purpose.isPresent() ? open(ofSessions, sealed, purpose.get(), provider.identity()) : Optional.empty();
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
