package dev.banyan.platform.sso;

import module java.base;
import com.nimbusds.jwt.JWT;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import dev.banyan.platform.Digests;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.document.JsonDocument;
import dev.banyan.platform.secrets.SealedSecrets;
import dev.banyan.platform.secrets.SealedSecrets.Opened;
import dev.banyan.platform.sso.LdapDirectory.Known;
import dev.banyan.platform.sso.OidcProvider.Secrets;
import dev.banyan.platform.sso.OidcProvider.SignedIn;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import dev.banyan.platform.sso.SamlProvider.Leaving;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// The way to an OpenID or a SAML provider and back, from the button to a person whom it has named.
///
/// The state that comes back belongs to one door and one browser, works once, and for ten minutes. It is a row, so that
/// any server of a cluster can go on with it.
///
/// A SAML provider makes the browser post its answer, and browsers send no cookie with what another site posts. So
/// the answer is checked when it arrives, kept as a row, and the browser comes again for it: with a plain link to
/// ourselves, which its cookie goes along with.
@Singleton
public record ProviderSignIn(
        OidcDocuments documents,
        SamlDocuments saml,
        ProviderHttp http,
        DirectorySignIn directories,
        SealedSecrets secrets,
        SignInLog log,
        Audit audit,
        Clock clock) {

    public static final Duration ATTEMPT = Duration.ofMinutes(10);
    private static final Duration HAND_OVER = Duration.ofMinutes(2);
    private static final Logger LOG = Logger.getLogger(ProviderSignIn.class);
    private static final int LONGEST_VALUE = 2_048;
    private static final String OIDC_STEP = "attempt";
    private static final String SAML_STEP = "request";
    private static final String SAML_PROVED = "answer";

    /// What came of the first step.
    public sealed interface Begun {

        /// @param browser the value of the cookie
        record Done(Leaving to, String browser) implements Begun {}

        record Failed(ProviderTrouble why) implements Begun {}
    }

    /// What came of a SAML answer.
    public sealed interface Accepted {

        /// @param state with which the browser comes again
        record Done(String state) implements Accepted {}

        record StateUnknown() implements Accepted {}

        /// The person clicked our tile on the provider’s portal. That answer isn’t read; we start a sign-in of our own.
        record Unasked() implements Accepted {}

        record Failed(ProviderTrouble why) implements Accepted {}
    }

    /// What came of the last step.
    public sealed interface Ended {

        /// @param next the page that the person asked for before the sign-in
        record Proved(SsoProof proof, Optional<String> next) implements Ended {}

        /// The state is unknown here: used, expired, of another door or another browser.
        record StateUnknown() implements Ended {}

        /// The person went back, or the provider refused them.
        ///
        /// @param words the provider’s own
        record Cancelled(Optional<String> words) implements Ended {}

        record Failed(ProviderTrouble why) implements Ended {}
    }

    /// What the browser brings back.
    ///
    /// @param error with its description
    public record Returned(
            Optional<String> state,
            Optional<String> code,
            Optional<String> error,
            Optional<String> issuer,
            Optional<String> browser) {}

    private OidcProvider provider(SsoProvider.Oidc provider, Optional<String> secret) {
        return new OidcProvider(documents, http, provider, secret);
    }

    private SamlProvider provider(SsoDoor door, SsoProvider.Saml found) {
        return saml.provider(found, door.addresses().service());
    }

    /// @param browser the cookie of an earlier attempt, which may still be open in another tab
    /// @param next the page that the person asked for: a path of ours ([dev.banyan.platform.web.OwnPath])
    public Begun begin(SsoDoor door, Optional<String> browser, Optional<String> next) {
        String state = Digests.newToken();
        String cookie = browser.filter(ProviderSignIn::isToken).orElseGet(Digests::newToken);
        try {
            return new Begun.Done(ask(door, state, Digests.sha256Hex(cookie), next.orElse("")), cookie);
        } catch (ProviderTrouble trouble) {
            return new Begun.Failed(failed(door, trouble));
        }
    }

    private static boolean isToken(String text) {
        return text.matches("[A-Za-z0-9_-]{43}");
    }

    private static URI redirect(SsoDoor door) {
        return URI.create(door.addresses().redirect());
    }

    /// Returns where the browser is sent, and remembers what its answer must hold.
    private Leaving ask(SsoDoor door, String state, String browserHash, String next) throws ProviderTrouble {
        return switch (door.provider()) {
            case SsoProvider.Oidc oidc -> {
                Secrets fresh = Secrets.fresh();
                URI address = provider(oidc, Optional.empty()).signInAddress(redirect(door), state, fresh);
                remember(door, OIDC_STEP, state, browserHash, next, fresh.nonce() + " " + fresh.verifier(), ATTEMPT);
                yield new Leaving(address, Map.of());
            }
            case SsoProvider.Saml found -> {
                SamlProvider.Asked asked = provider(door, found).ask(state);
                remember(door, SAML_STEP, state, browserHash, next, asked.id(), ATTEMPT);
                yield asked.to();
            }
            case SsoProvider.Ldap _ -> throw new IllegalStateException("Directories have no page");
        };
    }

    /// @param next empty if no page was asked for; it holds no space
    private void remember(
            SsoDoor door, String step, String state, String browserHash, String next, String secret, Duration life) {
        String hash = Digests.sha256Hex(state);
        String sealed = secrets.seal(next + " " + secret, purpose(door, step, hash));
        door.remember(new SsoAttempt(hash, browserHash, sealed, clock.instant().plus(life)));
    }

    /// What one step needs can’t be brought to another.
    private static String purpose(SsoDoor door, String step, String stateHash) {
        return "sso step " + step + " of " + door.name() + " " + stateHash;
    }

    /// Checks what a SAML provider answers. The browser isn’t known yet, so no one is let in.
    public Accepted accept(Actor actor, SsoDoor door, String state, String response) {
        Accepted accepted = accepted(door, state, response);
        boolean isDenied = accepted instanceof Accepted.StateUnknown
                || accepted instanceof Accepted.Failed(ProviderTrouble why) && why.kind() == Kind.REFUSED;
        if (isDenied) {
            audit.denied(actor, door.denied());
        }
        return accepted;
    }

    private Accepted accepted(SsoDoor door, String state, String response) {
        Optional<SsoAttempt> attempt = open(door, Optional.of(state));
        if (!(door.provider() instanceof SsoProvider.Saml found)) {
            return new Accepted.StateUnknown();
        }
        if (attempt.isEmpty()) {
            return SignedAssertion.isUnasked(response) ? new Accepted.Unasked() : new Accepted.StateUnknown();
        }
        try {
            Opening asked = opened(door, SAML_STEP, attempt.get());
            SamlProvider.SignedIn signedIn = provider(door, found).signIn(response, asked.secret());
            String again = Digests.newToken();
            remember(
                    door,
                    SAML_PROVED,
                    again,
                    attempt.get().browserHash(),
                    asked.next(),
                    JsonDocument.write(signedIn),
                    HAND_OVER);
            return new Accepted.Done(again);
        } catch (ProviderTrouble trouble) {
            return new Accepted.Failed(failed(door, trouble));
        }
    }

    /// Returns the attempt of a state, which then has been used.
    private Optional<SsoAttempt> open(SsoDoor door, Optional<String> state) {
        return state.filter(ProviderSignIn::isToken)
                .flatMap(found -> door.take(Digests.sha256Hex(found)))
                .filter(found -> found.expiresAt().isAfter(clock.instant()));
    }

    /// What an attempt has kept.
    private record Opening(String next, String secret) {}

    private Opening opened(SsoDoor door, String step, SsoAttempt attempt) throws ProviderTrouble {
        return switch (secrets.open(attempt.sealedSecrets(), purpose(door, step, attempt.stateHash()))) {
            case Opened.Done(String kept) -> {
                int space = kept.indexOf(' ');
                yield new Opening(kept.substring(0, space), kept.substring(space + 1));
            }
            case Opened.NoKey _, Opened.Broken _ ->
                throw new ProviderTrouble(Kind.REFUSED, "The sign-in that was begun can’t be read.");
        };
    }

    public Ended end(Actor actor, SsoDoor door, Returned returned) {
        Ended ended = ended(door, returned);
        boolean isDenied = ended instanceof Ended.StateUnknown
                || ended instanceof Ended.Failed(ProviderTrouble why) && why.kind() == Kind.REFUSED;
        if (isDenied) {
            audit.denied(actor, door.denied());
        }
        return ended;
    }

    private Ended ended(SsoDoor door, Returned returned) {
        Optional<SsoAttempt> attempt = open(door, returned.state())
                .filter(found -> returned.browser()
                        .map(Digests::sha256Hex)
                        .filter(found.browserHash()::equals)
                        .isPresent());
        if (attempt.isEmpty()) {
            return new Ended.StateUnknown();
        }
        if (returned.error().isPresent()) {
            log.note(
                    door.owner(),
                    SignInFacts.failed(Optional.empty(), "The provider didn’t sign this person in.", returned.error()));
            return new Ended.Cancelled(returned.error());
        }
        try {
            Optional<Ended> proved = switch (door.provider()) {
                case SsoProvider.Oidc oidc -> proved(door, oidc, attempt.get(), returned);
                case SsoProvider.Saml _ -> Optional.of(proved(door, attempt.get()));
                case SsoProvider.Ldap _ -> Optional.empty();
            };
            return proved.orElseGet(Ended.StateUnknown::new);
        } catch (ProviderTrouble trouble) {
            return new Ended.Failed(failed(door, trouble));
        }
    }

    /// Exchanges the code; empty without one.
    private Optional<Ended> proved(SsoDoor door, SsoProvider.Oidc oidc, SsoAttempt attempt, Returned returned)
            throws ProviderTrouble {
        Optional<String> code = returned.code().filter(text -> text.length() <= LONGEST_VALUE);
        if (code.isEmpty()) {
            return Optional.empty();
        }
        Opening opened = opened(door, OIDC_STEP, attempt);
        String[] parts = opened.secret().split(" ", 2); // neither holds a space
        SignedIn signedIn = provider(oidc, door.secret())
                .signIn(
                        new OidcProvider.Answer(code.get(), returned.issuer()),
                        redirect(door),
                        new Secrets(parts[0], parts[1]));
        return Optional.of(proved(
                opened,
                new SsoProof(
                        signedIn.person(),
                        signedIn.refreshToken(),
                        Optional.of(signedIn.idToken()),
                        Optional.empty(),
                        signedIn.unsaid())));
    }

    /// Reads what a SAML provider has proved.
    private Ended proved(SsoDoor door, SsoAttempt attempt) throws ProviderTrouble {
        Opening opened = opened(door, SAML_PROVED, attempt);
        SamlProvider.SignedIn signedIn = JsonDocument.read(opened.secret(), SamlProvider.SignedIn.class);
        return proved(
                opened,
                new SsoProof(
                        signedIn.person(), Optional.empty(), Optional.empty(), signedIn.until(), Optional.empty()));
    }

    private static Ended proved(Opening opened, SsoProof proof) {
        return new Ended.Proved(proof, Optional.of(opened.next()).filter(next -> !next.isEmpty()));
    }

    /// Asks a provider whether a person may still be in, and in which groups.
    ///
    /// @param renewal by what it is asked: the refresh token, or the name in the directory
    /// @param idToken the one until now
    public SsoProof again(SsoDoor door, Optional<String> renewal, String subject, Optional<String> idToken)
            throws ProviderTrouble {
        String by = renewal.orElseThrow(() ->
                new ProviderTrouble(Kind.UNAVAILABLE, "The provider can’t be asked again, and the session is over."));
        return switch (door.provider()) {
            case SsoProvider.Oidc oidc -> {
                SignedIn answer = provider(oidc, door.secret()).renew(by, subject, idToken.orElse(""));
                yield new SsoProof(
                        answer.person(),
                        answer.refreshToken(),
                        Optional.of(answer.idToken()).filter(token -> !token.isEmpty()));
            }
            case SsoProvider.Ldap ldap ->
                new SsoProof(directories.again(ldap, door.secret(), by, subject), Optional.of(by), Optional.empty());
            case SsoProvider.Saml _ ->
                throw new ProviderTrouble(Kind.UNAVAILABLE, "SAML providers can’t be asked again.");
        };
    }

    /// Asks a directory whether people may still be in who may have no session. Other providers can’t be asked.
    ///
    /// @return what it says, by subject; nothing if it can’t be asked
    public Map<String, Known> again(SsoDoor door, Collection<String> subjects) {
        try {
            return door.provider() instanceof SsoProvider.Ldap ldap
                    ? directories.again(ldap, door.secret(), subjects)
                    : Map.of();
        } catch (ProviderTrouble trouble) {
            logged(door, trouble);
            return Map.of();
        }
    }

    /// Returns where a person signs out at an OpenID provider, too; empty if there is no such place.
    ///
    /// @param back where the provider sends the browser afterwards
    public Optional<URI> signOutAddress(SsoProvider.Oidc oidc, String idToken, URI back) throws ProviderTrouble {
        return provider(oidc, Optional.empty()).signOutAddress(idToken, back);
    }

    /// Checks an OpenID provider’s message that somebody has signed out there.
    public LogoutTokenClaimsSet signedOut(SsoProvider.Oidc oidc, JWT token) throws ProviderTrouble {
        return provider(oidc, Optional.empty()).signedOut(token);
    }

    private ProviderTrouble failed(SsoDoor door, ProviderTrouble trouble) {
        log.note(door.owner(), SignInFacts.failed(trouble));
        return logged(door, trouble);
    }

    private static ProviderTrouble logged(SsoDoor door, ProviderTrouble trouble) {
        LOG.infof("Single sign-on of %s: %s", door.name(), trouble.sentence());
        return trouble;
    }
}
