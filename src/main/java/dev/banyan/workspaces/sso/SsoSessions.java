package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.sso.SignInLog;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoPerson;
import dev.banyan.platform.sso.SsoProof;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.access.WorkspaceSessions;
import dev.banyan.workspaces.sso.SsoPeople.Admitted;
import dev.banyan.workspaces.users.WorkspaceUserNetworks;
import jakarta.inject.Singleton;

/// Opens sessions for people whom a provider has named.
@Singleton
record SsoSessions(
        Database database,
        SsoPeople people,
        WorkspaceSsoSecrets secrets,
        WorkspaceUserNetworks networks,
        SignInLog log,
        Clock clock) {

    /// What came of a sign-in.
    sealed interface Entered {

        record Welcome(WorkspaceUser user, WorkspaceSessions.Opened session) implements Entered {}

        record Refused(Admitted why) implements Entered {}

        /// The workspace was closed, or its settings were changed meanwhile.
        record Changed() implements Entered {}
    }

    Optional<StoredSso> settings(Workspace workspace) {
        return database.read(
                workspace.owner().tenant(), tx -> new WorkspaceSsoStore(tx).find(StoredSso.owner(workspace)));
    }

    /// Returns where a try at a person’s password comes from: known only to the user whom the provider knows as them.
    RateLimits.Origin place(Workspace workspace, SsoPerson person, String ip) {
        AccountId tenant = workspace.owner().tenant();
        return database.read(
                tenant,
                tx -> networks.place(
                        tx,
                        workspace,
                        new WorkspaceSsoLinkStore(tx)
                                .findLinked(StoredSso.owner(workspace), person.issuer(), person.subject())
                                .orElse(WorkspaceUserNetworks.NOBODY),
                        ip));
    }

    /// @param asked the settings by which the provider was asked
    Entered enter(Actor actor, Workspace workspace, StoredSso asked, SsoProof proof) {
        SsoOwner owner = StoredSso.owner(workspace);
        return database.write(tx -> {
            new WorkspaceStore(tx).lock(owner.tenant(), workspace.id());
            Optional<Workspace> open = open(tx, workspace);
            Optional<StoredSso> stored = new WorkspaceSsoStore(tx).find(owner);
            if (open.isEmpty()
                    || stored.filter(now -> now.provider().equals(asked.provider()))
                            .isEmpty()) {
                return new Entered.Changed();
            }
            Admitted admitted = people.admit(tx, actor, open.get(), stored.get(), proof.person());
            log.note(tx, owner, proof.facts(admitted.reason()));
            if (!(admitted instanceof Admitted.In(WorkspaceUser user))) {
                return new Entered.Refused(admitted);
            }
            people.entered(tx, actor, workspace, user);
            WorkspaceSessions.Opened session = networks.signIn(tx, workspace, user.id(), actor.ip());
            String hash = Digests.sha256Hex(session.token());
            var sessions = new WorkspaceSsoSessionStore(tx);
            sessions.insert(owner, secrets.session(owner, user.id(), hash, proof, clock.instant()));
            proof.providerSession().ifPresent(named -> sessions.setProviderSession(owner, hash, named));
            return new Entered.Welcome(user, session);
        });
    }

    static Optional<Workspace> open(Tx tx, Workspace workspace) {
        return new WorkspaceStore(tx)
                .findById(workspace.id())
                .filter(WorkspaceStore.Visited::isOpen)
                .map(WorkspaceStore.Visited::workspace);
    }
}
