package dev.banyan.workspaces.sso;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.sso.OidcProvider.Secrets;
import dev.banyan.workspaces.sso.OidcProvider.SignedIn;
import dev.banyan.workspaces.sso.ProviderTrouble.Kind;
import dev.banyan.workspaces.sso.SsoAttemptStore.Attempt;
import dev.banyan.workspaces.sso.SsoSessions.Entered;
import dev.banyan.workspaces.sso.SsoSessions.Proof;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Signing in at an OpenID provider, from the button to the session, and signing out there.
///
/// The state that comes back belongs to one workspace and one browser, works once, and for ten minutes. It is a row, so
/// that any server of a cluster can go on with it.
@Singleton
public final class OidcSignIn implements Expiring {

    static final Duration ATTEMPT = Duration.ofMinutes(10);
    private static final Logger LOG = Logger.getLogger(OidcSignIn.class);
    private static final int LONGEST_VALUE = 2_048;

    /// What came of the first step.
    sealed interface Begun {

        /// @param browser the value of the cookie
        record Done(URI provider, String browser) implements Begun {}

        /// The workspace has no such provider.
        record NotSet() implements Begun {}

        record TooMany(Duration retryAfter) implements Begun {}

        record Failed(ProviderTrouble why) implements Begun {}
    }

    /// What came of the last step.
    sealed interface Ended {

        record Answered(Entered entered) implements Ended {}

        /// The state is unknown here: used, expired, of another workspace or another browser.
        record StateUnknown() implements Ended {}

        /// The person went back, or the provider refused them.
        record Cancelled() implements Ended {}

        record Failed(ProviderTrouble why) implements Ended {}
    }

    /// What the browser brings back.
    record Returned(
            Optional<String> state,
            Optional<String> code,
            Optional<String> error,
            Optional<String> issuer,
            Optional<String> browser) {}

    private final Database database;
    private final OidcDocuments documents;
    private final ProviderHttp http;
    private final SsoSecrets secrets;
    private final SsoSessions sessions;
    private final RateLimits limits;
    private final Settings settings;
    private final Audit audit;
    private final Clock clock;

    OidcSignIn(
            Database database,
            OidcDocuments documents,
            ProviderHttp http,
            SsoSecrets secrets,
            SsoSessions sessions,
            RateLimits limits,
            Settings settings,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.documents = documents;
        this.http = http;
        this.secrets = secrets;
        this.sessions = sessions;
        this.limits = limits;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /// Returns the address to which the provider sends browsers back: the one that it must know.
    static String redirectAddress(Settings settings, Workspace workspace) {
        return WorkspacePaths.address(settings, workspace) + "/sso/callback";
    }

    private URI redirect(Workspace workspace) {
        return URI.create(redirectAddress(settings, workspace));
    }

    /// Returns the client of a provider.
    OidcProvider provider(SsoProvider.Oidc provider, Optional<String> secret) {
        return new OidcProvider(documents, http, provider, secret);
    }

    OidcProvider provider(Workspace workspace, SsoSettings.Stored stored, SsoProvider.Oidc oidc)
            throws ProviderTrouble {
        return provider(oidc, secrets.open(workspace, stored));
    }

    /// @param browser the cookie of an earlier attempt, which may still be open in another tab
    Begun begin(Actor actor, Workspace workspace, Optional<String> browser) {
        Optional<Duration> wait = limits.take(RateLimit.WORKSPACE_LOGIN_BY_IP, actor.ip());
        if (wait.isPresent()) {
            return new Begun.TooMany(wait.get());
        }
        Optional<SsoSettings.Stored> stored = sessions.settings(workspace);
        if (stored.isEmpty() || !(stored.get().settings().provider() instanceof SsoProvider.Oidc oidc)) {
            return new Begun.NotSet();
        }
        String state = Digests.newToken();
        String cookie = browser.filter(OidcSignIn::isToken).orElseGet(Digests::newToken);
        Secrets fresh = Secrets.fresh();
        try {
            URI address = provider(oidc, Optional.empty()).signInAddress(redirect(workspace), state, fresh);
            String hash = Digests.sha256Hex(state);
            var attempt = new Attempt(
                    hash,
                    Digests.sha256Hex(cookie),
                    secrets.sealAttempt(workspace.id(), hash, fresh),
                    clock.instant().plus(ATTEMPT));
            AccountId tenant = workspace.owner().tenant();
            database.write(tx -> {
                new SsoAttemptStore(tx).insert(tenant, workspace.id(), attempt);
                return attempt;
            });
            return new Begun.Done(address, cookie);
        } catch (ProviderTrouble trouble) {
            return new Begun.Failed(logged(workspace, trouble));
        }
    }

    private static boolean isToken(String text) {
        return text.matches("[A-Za-z0-9_-]{43}");
    }

    Ended end(Actor actor, Workspace workspace, Returned returned) {
        Optional<Attempt> attempt = returned.state()
                .filter(OidcSignIn::isToken)
                .flatMap(state -> take(workspace, Digests.sha256Hex(state)))
                .filter(found -> found.expiresAt().isAfter(clock.instant()))
                .filter(found -> returned.browser()
                        .map(Digests::sha256Hex)
                        .filter(found.browserHash()::equals)
                        .isPresent());
        if (attempt.isEmpty()) {
            audit.denied(actor, "single sign-on to a workspace");
            return new Ended.StateUnknown();
        }
        if (returned.error().isPresent()) {
            return new Ended.Cancelled();
        }
        Optional<SsoSettings.Stored> stored = sessions.settings(workspace);
        Optional<String> code = returned.code().filter(text -> text.length() <= LONGEST_VALUE);
        if (code.isEmpty()
                || stored.isEmpty()
                || !(stored.get().settings().provider() instanceof SsoProvider.Oidc oidc)) {
            return new Ended.StateUnknown();
        }
        try {
            Secrets begun = secrets.openAttempt(
                    workspace.id(), attempt.get().stateHash(), attempt.get().sealedSecrets());
            SignedIn signedIn = provider(workspace, stored.get(), oidc)
                    .signIn(new OidcProvider.Answer(code.get(), returned.issuer()), redirect(workspace), begun);
            var proof = new Proof(signedIn.person(), signedIn.refreshToken(), Optional.of(signedIn.idToken()));
            return new Ended.Answered(sessions.enter(actor, workspace, stored.get(), proof));
        } catch (ProviderTrouble trouble) {
            if (trouble.kind() == Kind.REFUSED) {
                audit.denied(actor, "single sign-on to a workspace");
            }
            return new Ended.Failed(logged(workspace, trouble));
        }
    }

    private Optional<Attempt> take(Workspace workspace, String stateHash) {
        AccountId tenant = workspace.owner().tenant();
        return database.write(tx -> new SsoAttemptStore(tx).take(tenant, workspace.id(), stateHash));
    }

    /// Returns where a member who signs out here signs out at their provider, too; empty if there is no such place.
    public Optional<URI> signOutAddress(WorkspaceActor.Member member) {
        Workspace workspace = member.workspace();
        AccountId tenant = workspace.owner().tenant();
        Optional<String> sealed = database.read(
                        tenant, tx -> new SsoSessionStore(tx).find(tenant, workspace.id(), member.sessionHash()))
                .flatMap(SsoSessionStore.SsoSession::idToken);
        Optional<SsoSettings.Stored> stored = sealed.flatMap(_ -> sessions.settings(workspace));
        if (stored.isEmpty() || !(stored.get().settings().provider() instanceof SsoProvider.Oidc oidc)) {
            return Optional.empty();
        }
        try {
            Optional<String> idToken =
                    secrets.openSession(workspace.id(), member.sessionHash(), SsoSessions.ID_TOKEN, sealed);
            URI back = URI.create(WorkspacePaths.address(settings, workspace) + "/login");
            return idToken.isPresent()
                    ? provider(oidc, Optional.empty()).signOutAddress(idToken.get(), back)
                    : Optional.empty();
        } catch (ProviderTrouble trouble) {
            logged(workspace, trouble);
            return Optional.empty(); // signing out here works without the provider
        }
    }

    private static ProviderTrouble logged(Workspace workspace, ProviderTrouble trouble) {
        LOG.infof("Single sign-on of %s: %s", workspace.id(), trouble.sentence());
        return trouble;
    }

    @Override
    public int forgetExpired() {
        return database.write(tx -> new SsoAttemptStore(tx).deleteExpired(clock.instant(), 1_000));
    }
}
