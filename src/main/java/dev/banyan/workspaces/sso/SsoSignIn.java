package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.sso.ProviderSignIn;
import dev.banyan.platform.sso.ProviderSignIn.Accepted;
import dev.banyan.platform.sso.ProviderSignIn.Begun;
import dev.banyan.platform.sso.ProviderSignIn.Ended;
import dev.banyan.platform.sso.ProviderSignIn.Returned;
import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.platform.sso.SsoAddresses;
import dev.banyan.platform.sso.SsoAttempt;
import dev.banyan.platform.sso.SsoDoor;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoProof;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.sso.realm.SsoSecrets.Token;
import dev.banyan.platform.sso.realm.SsoSessionStore.SsoSession;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceStore.Visited;
import dev.banyan.workspaces.sso.SsoSessions.Entered;
import dev.banyan.workspaces.sso.StoredSso.Told;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Signing in to a workspace at an OpenID or a SAML provider, from the button to the session, and signing out there.
@Singleton
public record SsoSignIn(
        Database database,
        ProviderSignIn providers,
        WorkspaceSsoSecrets secrets,
        SsoSessions sessions,
        RateLimits limits,
        Settings settings,
        Audit audit,
        Clock clock)
        implements Expiring {

    private static final Logger LOG = Logger.getLogger(SsoSignIn.class);
    static final String ASK_AN_ADMIN = "Ask an admin of the workspace to open its settings and test the sign-in.";
    private static final String DENIED = "single sign-on to a workspace";

    /// Returns the address by which the provider knows the workspace: what it was told, or would be told now.
    static Told told(Workspace workspace, Optional<StoredSso> stored) {
        return stored.flatMap(StoredSso::told).orElseGet(() -> Told.now(workspace));
    }

    SsoAddresses addresses(Workspace workspace) {
        return told(workspace, sessions.settings(workspace)).addresses(settings);
    }

    record Door(SsoSignIn doors, Workspace workspace, StoredSso stored) implements SsoDoor {

        @Override
        public String name() {
            return workspace.id().value();
        }

        @Override
        public SsoOwner owner() {
            return StoredSso.owner(workspace);
        }

        @Override
        public String denied() {
            return DENIED;
        }

        @Override
        public Optional<String> secret() throws ProviderTrouble {
            return doors.secrets.open(owner(), stored);
        }

        @Override
        public SsoAddresses addresses() {
            return told().addresses(doors.settings);
        }

        private Told told() {
            return SsoSignIn.told(workspace, Optional.of(stored));
        }

        /// Returns whether the provider sends browsers back to this host: our cookie must be there.
        ///
        /// @param host of the workspace; empty: of the server
        boolean isAt(Optional<String> host) {
            return told().host().equals(host);
        }

        /// Returns where a sign-in begins.
        String beginning() {
            return told().origin(doors.settings) + WorkspacePaths.publicPath(workspace) + "/sso";
        }

        @Override
        public void remember(SsoAttempt attempt) {
            doors.database.act(tx -> new WorkspaceSsoAttemptStore(tx).insert(owner(), attempt));
        }

        @Override
        public Optional<SsoAttempt> take(String stateHash) {
            return doors.database.write(tx -> new WorkspaceSsoAttemptStore(tx).take(owner(), stateHash));
        }
    }

    /// Returns the provider that people are sent to; empty without one.
    Optional<Door> door(Workspace workspace) {
        return sessions.settings(workspace)
                .filter(found -> found.provider().isElsewhere())
                .map(found -> new Door(this, workspace, found));
    }

    /// Returns the provider of a workspace, also one that has no page; empty without one.
    Optional<Door> find(Tx tx, WorkspaceId id) {
        return new WorkspaceStore(tx)
                .findById(id)
                .map(Visited::workspace)
                .flatMap(workspace -> new WorkspaceSsoStore(tx)
                        .find(StoredSso.owner(workspace))
                        .map(found -> new Door(this, workspace, found)));
    }

    /// Returns how long to wait, if an address begins too often, or failed too often.
    Optional<Duration> wait(Actor actor) {
        return limits.exhausted(RateLimit.WORKSPACE_LOGIN_BY_IP, actor.ip())
                .or(() -> limits.take(RateLimit.PROVIDER_LOGIN_BY_IP, actor.ip()));
    }

    /// Counts a sign-in that the provider didn’t prove.
    void failed(Actor actor) {
        var _ = limits.take(RateLimit.WORKSPACE_LOGIN_BY_IP, actor.ip());
    }

    /// @param browser the cookie of an earlier attempt, which may still be open in another tab
    /// @param next the page of the workspace that the person asked for
    Begun begin(Door door, Optional<String> browser, Optional<String> next) {
        return providers.begin(door, browser, next);
    }

    /// Checks what a SAML provider answers. The browser isn’t known yet, so no one is let in.
    Accepted accept(Actor actor, Optional<Door> door, String state, String response) {
        return door.map(found -> providers.accept(actor, found, state, response))
                .orElseGet(() -> denied(actor, new Accepted.StateUnknown()));
    }

    private <T> T denied(Actor actor, T answer) {
        audit.denied(actor, DENIED);
        return answer;
    }

    Ended end(Actor actor, Optional<Door> door, Returned returned) {
        return door.map(found -> providers.end(actor, found, returned))
                .orElseGet(() -> denied(actor, new Ended.StateUnknown()));
    }

    Entered enter(Actor actor, Door door, SsoProof proof) {
        return sessions.enter(actor, door.workspace, door.stored, proof);
    }

    /// Returns where a member who signs out here signs out at their provider, too; empty if there is no such place.
    public Optional<URI> signOutAddress(WorkspaceActor.Member member) {
        Workspace workspace = member.workspace();
        SsoOwner owner = StoredSso.owner(workspace);
        Optional<SsoSession<Integer>> session = database.read(
                        owner.tenant(), tx -> new WorkspaceSsoSessionStore(tx).find(owner, member.sessionHash()))
                .filter(found -> found.idToken().isPresent());
        Optional<StoredSso> stored = session.flatMap(_ -> sessions.settings(workspace));
        if (stored.isEmpty() || !(stored.get().provider() instanceof SsoProvider.Oidc oidc)) {
            return Optional.empty();
        }
        try {
            Optional<String> idToken = secrets.open(Token.ID_TOKEN, session.orElseThrow(), oidc);
            Optional<URI> back =
                    told(workspace, stored).addresses(settings).signedOut().map(URI::create);
            return idToken.isPresent() && back.isPresent()
                    ? providers.signOutAddress(oidc, idToken.get(), back.get())
                    : Optional.empty();
        } catch (ProviderTrouble trouble) {
            LOG.infof("Single sign-on of %s: %s", workspace.id(), trouble.sentence());
            return Optional.empty(); // signing out here works without the provider
        }
    }

    @Override
    public int forgetExpired() {
        return database.write(tx -> new WorkspaceSsoAttemptStore(tx).deleteExpired(clock.instant(), 1_000));
    }
}
