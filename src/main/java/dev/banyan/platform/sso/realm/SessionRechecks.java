package dev.banyan.platform.sso.realm;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.ProviderSignIn;
import dev.banyan.platform.sso.ProviderTrouble;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import dev.banyan.platform.sso.Rechecks;
import dev.banyan.platform.sso.SsoDoor;
import dev.banyan.platform.sso.SsoProof;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.sso.UsedSessions;
import dev.banyan.platform.sso.realm.SsoSecrets.Token;
import dev.banyan.platform.sso.realm.SsoSessionStore.SsoSession;
import org.jboss.logging.Logger;

/// Asks providers again whether the people whom they sent may still be in, and in which groups: every session that is
/// used twice a minute, so that a person who was switched off there is out here within a minute. A provider isn’t asked
/// about sessions that rest: it lets those expire that nothing uses.
///
/// A provider that says no ends the session at once. One that can’t be asked doesn’t, for an hour: otherwise its outage
/// would sign everybody out.
public final class SessionRechecks<P, D extends SsoDoor> {

    private static final Logger LOG = Logger.getLogger(SessionRechecks.class);

    private final Database database;
    private final ProviderSignIn providers;
    private final SsoRealm<P, D> realm;
    private final SsoSecrets<P> secrets;
    private final Clock clock;
    private final UsedSessions used;

    public SessionRechecks(
            Database database, ProviderSignIn providers, SsoRealm<P, D> realm, SsoSecrets<P> secrets, Clock clock) {
        this.database = database;
        this.providers = providers;
        this.realm = realm;
        this.secrets = secrets;
        this.clock = clock;
        this.used = new UsedSessions(clock);
    }

    /// Asks about all sessions that are due.
    public void run() {
        Rechecks.run(this::takeDue, session -> session.owner().id(), Function.identity(), due -> check(due.getFirst()));
    }

    private List<SsoSession<P>> takeDue() {
        Instant now = clock.instant();
        return database.write(tx -> realm.sessions(tx).takeDue(now, Rechecks.AT_ONCE));
    }

    /// Asks about a session soon that is used after its rest.
    public void wake(SessionUsed session) {
        used.used(
                session.tokenHash(),
                now -> database.read(tx -> realm.sessions(tx).findResting(session.tokenHash()))
                        .ifPresent(found -> database.act(tx -> realm.sessions(tx)
                                .setDue(
                                        found.owner(),
                                        found.tokenHash(),
                                        now,
                                        UsedSessions.silentSince(found.askedAt(), found.answeredAt(), now)))));
    }

    private void check(SsoSession<P> session) {
        Optional<D> found = database.read(tx -> realm.door(tx, session.owner()))
                .filter(door -> door.provider().identity().equals(session.issuer()));
        if (found.isEmpty()) {
            realm.end(found, session);
            return;
        }
        D door = found.get();
        try {
            SsoProof proof = ask(door, session);
            if (!database.write(tx -> mayStay(tx, door, session, proof))) {
                realm.end(found, session);
            }
        } catch (ProviderTrouble trouble) {
            boolean isOver = trouble.kind() == Kind.REFUSED
                    || !session.answeredAt().plus(UsedSessions.WITHOUT_ANSWER).isAfter(clock.instant());
            LOG.infof("Single sign-on of %s: %s", door.name(), trouble.sentence());
            if (trouble.kind() == Kind.REFUSED) {
                refused(door, session);
            }
            if (isOver) {
                realm.end(found, session);
            }
        }
    }

    /// Notes whom the provider refuses. An OpenID provider also does that when the person’s session there is over; a
    /// directory doesn’t.
    private void refused(D door, SsoSession<P> session) {
        Instant since = door.provider() instanceof SsoProvider.Ldap ? Instant.EPOCH : clock.instant();
        database.act(tx -> {
            realm.lock(tx, session.owner());
            realm.refuse(tx, door, session.person(), session.issuer(), session.subject(), since);
        });
    }

    private SsoProof ask(D door, SsoSession<P> session) throws ProviderTrouble {
        Optional<String> renewal = secrets.open(Token.RENEWAL, session, door.provider());
        Optional<String> idToken = secrets.open(Token.ID_TOKEN, session, door.provider());
        return providers.again(door, renewal, session.subject(), idToken);
    }

    private boolean mayStay(Tx tx, D door, SsoSession<P> session, SsoProof proof) {
        realm.lock(tx, session.owner());
        boolean isIn = realm.renew(tx, door, session.person(), proof.person());
        if (isIn) {
            realm.sessions(tx)
                    .answered(
                            session.owner(),
                            session.tokenHash(),
                            secrets.sealed(Token.RENEWAL, session, proof.renewal()),
                            secrets.sealed(Token.ID_TOKEN, session, proof.idToken()),
                            clock.instant());
        }
        return isIn;
    }
}
