package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.sso.ProviderSignIn;
import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import dev.banyan.platform.sso.Rechecks;
import dev.banyan.platform.sso.SessionUsed;
import dev.banyan.platform.sso.SsoProof;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.sso.UsedSessions;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.access.WorkspaceSessions;
import dev.banyan.workspaces.sso.SsoSessionStore.SsoSession;
import dev.banyan.workspaces.sso.SsoSignIn.Door;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Asks providers again whether the people whom they sent may still be in, and in which groups: every session that is
/// used twice a minute, so that a person who was switched off there is out here within a minute. A provider isn’t asked
/// about sessions that rest: it lets those expire that nothing uses.
///
/// A provider that says no ends the session at once. One that can’t be asked doesn’t, for an hour: otherwise its outage
/// would sign everybody out.
@Singleton
final class SsoRechecks implements Recurring {

    private static final Logger LOG = Logger.getLogger(SsoRechecks.class);

    private final Database database;
    private final ProviderSignIn providers;
    private final SsoSignIn doors;
    private final SsoPeople people;
    private final SsoSecrets secrets;
    private final WorkspaceSessions sessions;
    private final Audit audit;
    private final Clock clock;
    private final UsedSessions used;

    SsoRechecks(
            Database database,
            ProviderSignIn providers,
            SsoSignIn doors,
            SsoPeople people,
            SsoSecrets secrets,
            WorkspaceSessions sessions,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.providers = providers;
        this.doors = doors;
        this.people = people;
        this.secrets = secrets;
        this.sessions = sessions;
        this.audit = audit;
        this.clock = clock;
        this.used = new UsedSessions(clock);
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

    /// Asks about all sessions that are due.
    void run() {
        Rechecks.run(this::takeDue, SsoSession::workspace, Function.identity(), due -> check(due.getFirst()));
    }

    private List<SsoSession> takeDue() {
        Instant now = clock.instant();
        return database.write(tx -> new SsoSessionStore(tx).takeDue(now, Rechecks.AT_ONCE));
    }

    void used(@Observes SessionUsed session) {
        used.used(
                session.tokenHash(),
                now -> database.read(tx -> new SsoSessionStore(tx).findResting(session.tokenHash()))
                        .ifPresent(found -> database.act(tx -> new SsoSessionStore(tx)
                                .setDue(
                                        found.tenant(),
                                        found.workspace(),
                                        found.tokenHash(),
                                        now,
                                        UsedSessions.silentSince(found.askedAt(), found.answeredAt(), now)))));
    }

    private void check(SsoSession session) {
        Optional<Door> door = database.read(tx -> doors.find(tx, session.workspace()))
                .filter(found -> found.provider().identity().equals(session.issuer()));
        if (door.isEmpty()) {
            sessions.close(session.tokenHash());
            return;
        }
        try {
            SsoProof proof = ask(door.get(), session);
            if (!database.write(tx -> mayStay(tx, door.get(), session, proof))) {
                end(door.get(), session);
            }
        } catch (ProviderTrouble trouble) {
            boolean isOver = trouble.kind() == Kind.REFUSED
                    || !session.answeredAt().plus(UsedSessions.WITHOUT_ANSWER).isAfter(clock.instant());
            LOG.infof("Single sign-on of %s: %s", session.workspace(), trouble.sentence());
            if (trouble.kind() == Kind.REFUSED) {
                refused(door.get(), session);
            }
            if (isOver) {
                end(door.get(), session);
            }
        }
    }

    /// Notes whom the provider refuses. An OpenID provider also does that when the person’s session there is over; a
    /// directory doesn’t.
    private void refused(Door door, SsoSession session) {
        Instant since = door.provider() instanceof SsoProvider.Ldap ? Instant.EPOCH : clock.instant();
        database.act(tx -> {
            new WorkspaceStore(tx).lock(session.tenant(), session.workspace());
            people.refuse(tx, door.workspace(), session.issuer(), session.subject(), session.user(), since);
        });
    }

    private SsoProof ask(Door door, SsoSession session) throws ProviderTrouble {
        Optional<String> renewal = open(door, session, SsoSessions.RENEWAL, session.renewal());
        Optional<String> idToken = open(door, session, SsoSessions.ID_TOKEN, session.idToken());
        return providers.again(door, renewal, session.subject(), idToken);
    }

    private Optional<String> open(Door door, SsoSession session, String part, Optional<String> sealed)
            throws ProviderTrouble {
        return secrets.openSession(session.workspace(), session.tokenHash(), part, door.provider(), sealed);
    }

    private boolean mayStay(Tx tx, Door door, SsoSession session, SsoProof proof) {
        new WorkspaceStore(tx).lock(session.tenant(), session.workspace());
        boolean isIn = people.renew(tx, door.workspace(), session.user(), proof.person());
        if (isIn) {
            new SsoSessionStore(tx)
                    .answered(
                            session.tenant(),
                            session.workspace(),
                            session.tokenHash(),
                            proof.renewal().map(secret -> seal(session, SsoSessions.RENEWAL, secret)),
                            proof.idToken().map(secret -> seal(session, SsoSessions.ID_TOKEN, secret)),
                            clock.instant());
        }
        return isIn;
    }

    private String seal(SsoSession session, String part, String secret) {
        return secrets.sealSession(session.workspace(), session.tokenHash(), part, session.issuer(), secret);
    }

    /// Ends a session because of the provider.
    private void end(Door door, SsoSession session) {
        database.act(tx -> audit.note(
                tx,
                Actor.SERVER,
                door.workspace().owner(),
                "WorkspaceSignInEnded",
                session.workspace().value(),
                Map.of("user", session.user())));
        sessions.close(session.tokenHash());
    }
}
