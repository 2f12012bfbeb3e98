package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.sso.SignInFacts;
import dev.banyan.platform.sso.SignInLog;
import dev.banyan.platform.sso.SsoPerson;
import dev.banyan.platform.sso.SsoProof;
import dev.banyan.platform.sso.UsedSessions;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.access.WorkspaceSessions;
import dev.banyan.workspaces.sso.SsoPeople.Admitted;
import dev.banyan.workspaces.sso.SsoSessionStore.SsoSession;
import dev.banyan.workspaces.users.WorkspaceUserNetworks;
import jakarta.inject.Singleton;

/// Opens sessions for people whom a provider has named.
@Singleton
final class SsoSessions {

    static final String RENEWAL = "renewal";
    static final String ID_TOKEN = "id-token";

    /// What came of a sign-in.
    sealed interface Entered {

        record Welcome(WorkspaceUser user, WorkspaceSessions.Opened session) implements Entered {}

        record Refused(Admitted why) implements Entered {}

        /// The workspace was closed, or its settings were changed meanwhile.
        record Changed() implements Entered {}
    }

    private final Database database;
    private final SsoPeople people;
    private final SsoSecrets secrets;
    private final WorkspaceUserNetworks networks;
    private final SignInLog log;
    private final Clock clock;

    SsoSessions(
            Database database,
            SsoPeople people,
            SsoSecrets secrets,
            WorkspaceUserNetworks networks,
            SignInLog log,
            Clock clock) {
        this.database = database;
        this.people = people;
        this.secrets = secrets;
        this.networks = networks;
        this.log = log;
        this.clock = clock;
    }

    /// Returns the settings of a workspace.
    Optional<StoredSso> settings(Workspace workspace) {
        AccountId tenant = workspace.owner().tenant();
        return database.read(tenant, tx -> new SsoStore(tx).find(tenant, workspace.id()));
    }

    /// Returns where a try at a person’s password comes from: known only to the user whom the provider knows as them.
    RateLimits.Origin place(Workspace workspace, SsoPerson person, String ip) {
        AccountId tenant = workspace.owner().tenant();
        return database.read(
                tenant,
                tx -> networks.place(
                        tx,
                        workspace,
                        new SsoStore(tx)
                                .findLinked(tenant, workspace.id(), person.issuer(), person.subject())
                                .orElse(WorkspaceUserNetworks.NOBODY),
                        ip));
    }

    /// @param asked the settings by which the provider was asked
    Entered enter(Actor actor, Workspace workspace, StoredSso asked, SsoProof proof) {
        AccountId tenant = workspace.owner().tenant();
        return database.write(tx -> {
            new WorkspaceStore(tx).lock(tenant, workspace.id());
            Optional<Workspace> open = open(tx, workspace);
            Optional<StoredSso> stored = new SsoStore(tx).find(tenant, workspace.id());
            if (open.isEmpty()
                    || stored.filter(now -> now.provider().equals(asked.provider()))
                            .isEmpty()) {
                return new Entered.Changed();
            }
            Admitted admitted = people.admit(tx, actor, open.get(), stored.get(), proof.person());
            log.note(tx, SsoSignIn.place(workspace), SignInFacts.of(proof.person(), admitted.reason()));
            if (!(admitted instanceof Admitted.In(WorkspaceUser user))) {
                return new Entered.Refused(admitted);
            }
            people.entered(tx, actor, workspace, user);
            WorkspaceSessions.Opened session = networks.signIn(tx, workspace, user.id(), actor.ip());
            new SsoSessionStore(tx).insert(tenant, workspace.id(), row(workspace, user, session.token(), proof));
            return new Entered.Welcome(user, session);
        });
    }

    static Optional<Workspace> open(Tx tx, Workspace workspace) {
        return new WorkspaceStore(tx)
                .findById(workspace.id())
                .filter(WorkspaceStore.Visited::enabled)
                .map(WorkspaceStore.Visited::workspace)
                .filter(now -> !now.suspended());
    }

    private SsoSession row(Workspace workspace, WorkspaceUser user, String token, SsoProof proof) {
        String hash = Digests.sha256Hex(token);
        Instant now = clock.instant();
        Instant end = proof.sessionEnd(now);
        return new SsoSession(
                hash,
                workspace.owner().tenant(),
                workspace.id(),
                user.id(),
                proof.person().issuer(),
                proof.person().subject(),
                proof.renewal()
                        .map(secret -> secrets.sealSession(
                                workspace.id(), hash, RENEWAL, proof.person().issuer(), secret)),
                proof.idToken()
                        .map(secret -> secrets.sealSession(
                                workspace.id(), hash, ID_TOKEN, proof.person().issuer(), secret)),
                now,
                end.minus(UsedSessions.WITHOUT_ANSWER),
                proof.renewal().isPresent() ? UsedSessions.NEVER : end);
    }
}
