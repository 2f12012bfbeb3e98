package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import dev.banyan.platform.sso.Rechecks;
import dev.banyan.platform.sso.SessionUsed;
import dev.banyan.platform.sso.SsoProof;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.sso.UsedSessions;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.access.WorkspaceSessions;
import dev.banyan.workspaces.sso.SsoSessionStore.SsoSession;
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
    private final SsoSignIn signIn;
    private final SsoPeople people;
    private final SsoSessions signIns;
    private final SsoSecrets secrets;
    private final WorkspaceSessions sessions;
    private final Audit audit;
    private final Clock clock;
    private final UsedSessions used;

    SsoRechecks(
            Database database,
            SsoSignIn signIn,
            SsoPeople people,
            SsoSessions signIns,
            SsoSecrets secrets,
            WorkspaceSessions sessions,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.signIn = signIn;
        this.people = people;
        this.signIns = signIns;
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
                        .ifPresent(found -> database.write(tx -> {
                            new SsoSessionStore(tx)
                                    .setDue(
                                            found.tenant(),
                                            found.workspace(),
                                            found.tokenHash(),
                                            now,
                                            UsedSessions.silentSince(
                                                    found.askedAt(),
                                                    found.answeredAt(),
                                                    SsoSessions.WITHOUT_ANSWER,
                                                    now));
                            return found;
                        })));
    }

    private void check(SsoSession session) {
        Optional<Workspace> workspace = database.read(tx -> new WorkspaceStore(tx).findById(session.workspace()))
                .map(WorkspaceStore.Visited::workspace);
        Optional<StoredSso> stored = workspace
                .flatMap(signIns::settings)
                .filter(now -> now.provider().identity().equals(session.issuer()));
        if (workspace.isEmpty() || stored.isEmpty()) {
            sessions.close(session.tokenHash());
            return;
        }
        try {
            SsoProof proof = ask(workspace.get(), stored.get(), session);
            answered(workspace.get(), session, proof);
        } catch (ProviderTrouble trouble) {
            boolean isOver = trouble.kind() == Kind.REFUSED
                    || !session.answeredAt().plus(SsoSessions.WITHOUT_ANSWER).isAfter(clock.instant());
            LOG.infof("Single sign-on of %s: %s", session.workspace(), trouble.sentence());
            if (isOver) {
                end(workspace.get(), session, trouble);
            }
        }
    }

    private SsoProof ask(Workspace workspace, StoredSso stored, SsoSession session) throws ProviderTrouble {
        Optional<String> renewal = open(stored, session, SsoSessions.RENEWAL, session.renewal());
        Optional<String> idToken = open(stored, session, SsoSessions.ID_TOKEN, session.idToken());
        return signIn.again(workspace, stored, renewal, session.subject(), idToken);
    }

    private Optional<String> open(StoredSso stored, SsoSession session, String part, Optional<String> sealed)
            throws ProviderTrouble {
        return secrets.openSession(session.workspace(), session.tokenHash(), part, stored.provider(), sealed);
    }

    private void answered(Workspace workspace, SsoSession session, SsoProof proof) {
        boolean mayStay = database.write(tx -> {
            new WorkspaceStore(tx).lock(session.tenant(), workspace.id());
            // Read again: the settings may have been changed while the provider was asked.
            Optional<StoredSso> stored = new SsoStore(tx)
                    .find(session.tenant(), workspace.id())
                    .filter(now -> now.provider().identity().equals(session.issuer()));
            boolean isIn = stored.flatMap(
                            now -> people.renew(tx, Actor.SERVER, workspace, now, session.user(), proof.person()))
                    .isPresent();
            if (isIn) {
                String hash = session.tokenHash();
                new SsoSessionStore(tx)
                        .answered(
                                session.tenant(),
                                workspace.id(),
                                hash,
                                proof.renewal()
                                        .map(text -> secrets.sealSession(
                                                workspace.id(), hash, SsoSessions.RENEWAL, session.issuer(), text)),
                                proof.idToken()
                                        .map(text -> secrets.sealSession(
                                                workspace.id(), hash, SsoSessions.ID_TOKEN, session.issuer(), text)),
                                clock.instant());
            }
            return isIn;
        });
        if (!mayStay) {
            end(workspace, session);
        }
    }

    /// Ends a session of a person whom the provider refuses. An OpenID provider also does that when the person’s
    /// session there is over; a directory doesn’t.
    private void end(Workspace workspace, SsoSession session, ProviderTrouble trouble) {
        if (trouble.kind() == Kind.REFUSED) {
            boolean isNo = signIns.settings(workspace)
                    .filter(now -> now.provider() instanceof SsoProvider.Ldap)
                    .isPresent();
            database.write(tx -> {
                new WorkspaceStore(tx).lock(session.tenant(), workspace.id());
                people.refuse(
                        tx,
                        workspace,
                        session.issuer(),
                        session.subject(),
                        session.user(),
                        isNo ? Instant.EPOCH : clock.instant());
                return session;
            });
        }
        end(workspace, session);
    }

    /// Ends a session because of the provider.
    void end(Workspace workspace, SsoSession session) {
        database.write(tx -> {
            audit.note(
                    tx,
                    Actor.SERVER,
                    workspace.owner(),
                    "WorkspaceSignInEnded",
                    workspace.id().value(),
                    Map.of("user", session.user()));
            return session;
        });
        sessions.close(session.tokenHash());
    }
}
