package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.sso.ProviderSignIn;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoPerson;
import dev.banyan.platform.sso.realm.LinkRechecks;
import dev.banyan.platform.sso.realm.SessionRechecks;
import dev.banyan.platform.sso.realm.SessionUsed;
import dev.banyan.platform.sso.realm.SsoLinkStore;
import dev.banyan.platform.sso.realm.SsoRealm;
import dev.banyan.platform.sso.realm.SsoSessionStore;
import dev.banyan.platform.sso.realm.SsoSessionStore.SsoSession;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.access.WorkspaceSessions;
import dev.banyan.workspaces.sso.SsoSignIn.Door;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// The users of workspaces, of whom their providers are asked again.
@Singleton
final class WorkspaceRechecks implements SsoRealm<Integer, Door>, Recurring {

    private final Database database;
    private final SsoSignIn doors;
    private final SsoPeople people;
    private final WorkspaceSessions sessions;
    private final Audit audit;
    private final SessionRechecks<Integer, Door> sessionRechecks;
    private final LinkRechecks<Integer, Door> linkRechecks;

    WorkspaceRechecks(
            Database database,
            ProviderSignIn providers,
            SsoSignIn doors,
            SsoPeople people,
            WorkspaceSessions sessions,
            WorkspaceSsoSecrets secrets,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.doors = doors;
        this.people = people;
        this.sessions = sessions;
        this.audit = audit;
        this.sessionRechecks = new SessionRechecks<>(database, providers, this, secrets, clock);
        this.linkRechecks = new LinkRechecks<>(database, providers, this, clock);
    }

    @Override
    public Job job() {
        return Job.scheduled(
                "15s",
                "15s",
                "recheck-single-sign-on",
                "Asks sign-in providers whether the people they sent may still be in.",
                this::run);
    }

    /// Asks about those with a session.
    void run() {
        sessionRechecks.run();
    }

    void used(@Observes SessionUsed session) {
        sessionRechecks.wake(session);
    }

    @Produces
    @Singleton
    Recurring ofLinks() {
        return () -> Job.scheduled(
                "1m",
                "25s",
                "recheck-people-of-providers",
                "Asks directories about people without a session, and ends what silent providers let in.",
                this::runLinks);
    }

    /// Looks also at those without one.
    void runLinks() {
        linkRechecks.run();
    }

    @Override
    public SsoLinkStore<Integer> links(Tx tx) {
        return new WorkspaceSsoLinkStore(tx);
    }

    @Override
    public SsoSessionStore<Integer> sessions(Tx tx) {
        return new WorkspaceSsoSessionStore(tx);
    }

    @Override
    public Optional<Door> door(Tx tx, SsoOwner owner) {
        return doors.find(tx, new WorkspaceId(owner.id()));
    }

    @Override
    public void lock(Tx tx, SsoOwner owner) {
        new WorkspaceStore(tx).lock(owner.tenant(), new WorkspaceId(owner.id()));
    }

    @Override
    public boolean renew(Tx tx, Door door, Integer user, SsoPerson named) {
        return people.renew(tx, door.workspace(), user, named);
    }

    @Override
    public void refuse(Tx tx, Door door, Integer user, String issuer, String subject, Instant since) {
        people.refuse(tx, door.workspace(), issuer, subject, user, since);
    }

    @Override
    public void refuseSilent(Tx tx, Door door, List<Integer> users) {
        people.refuseSilent(tx, door.workspace(), users);
    }

    @Override
    public void end(Optional<Door> door, SsoSession<Integer> session) {
        door.ifPresent(found -> database.act(tx -> audit.note(
                tx, Actor.SERVER, found.workspace(), "WorkspaceSignInEnded", Map.of("user", session.person()))));
        sessions.close(session.tokenHash());
    }
}
