package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.sso.AccountSsoSessionStore.MemberSession;
import dev.banyan.accounts.sso.MemberDoors.Door;
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
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Asks providers again whether the members whom they sent may still be in, and in which groups: every session that is
/// used twice a minute. A provider that says no ends the session at once. One that can’t be asked doesn’t, for an hour.
@Singleton
final class MemberRechecks implements Recurring {

    private static final Logger LOG = Logger.getLogger(MemberRechecks.class);

    private final Database database;
    private final ProviderSignIn providers;
    private final MemberDoors doors;
    private final MemberAdmission admission;
    private final AccountSsoSecrets secrets;
    private final Audit audit;
    private final Clock clock;
    private final UsedSessions used;

    MemberRechecks(
            Database database,
            ProviderSignIn providers,
            MemberDoors doors,
            MemberAdmission admission,
            AccountSsoSecrets secrets,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.providers = providers;
        this.doors = doors;
        this.admission = admission;
        this.secrets = secrets;
        this.audit = audit;
        this.clock = clock;
        this.used = new UsedSessions(clock);
    }

    @Override
    public Job job() {
        return Job.scheduled(
                "15s",
                "15s",
                "recheck-members",
                "Asks sign-in providers whether the members they sent may still be in.",
                this::run);
    }

    /// Asks about all sessions that are due.
    void run() {
        Rechecks.run(this::takeDue, MemberSession::tenant, Function.identity(), due -> check(due.getFirst()));
    }

    private List<MemberSession> takeDue() {
        Instant now = clock.instant();
        return database.write(tx -> new AccountSsoSessionStore(tx).takeDue(now, Rechecks.AT_ONCE));
    }

    void used(@Observes SessionUsed session) {
        used.used(
                session.tokenHash(),
                now -> database.read(tx -> new AccountSsoSessionStore(tx).findResting(session.tokenHash()))
                        .ifPresent(found -> database.act(tx -> new AccountSsoSessionStore(tx)
                                .setDue(
                                        found.tenant(),
                                        found.tokenHash(),
                                        now,
                                        UsedSessions.silentSince(found.askedAt(), found.answeredAt(), now)))));
    }

    private void check(MemberSession session) {
        Optional<Door> door = database.read(tx -> doors.find(tx, session.tenant()))
                .filter(found -> found.provider().identity().equals(session.issuer()));
        if (door.isEmpty()) {
            end(session);
            return;
        }
        try {
            SsoProof proof = ask(door.get(), session);
            if (!database.write(tx -> mayStay(tx, door.get(), session, proof))) {
                end(session);
            }
        } catch (ProviderTrouble trouble) {
            boolean isOver = trouble.kind() == Kind.REFUSED
                    || !session.answeredAt().plus(UsedSessions.WITHOUT_ANSWER).isAfter(clock.instant());
            LOG.infof("Single sign-on of account %s: %s", session.tenant(), trouble.sentence());
            if (trouble.kind() == Kind.REFUSED) {
                refused(door.get(), session);
            }
            if (isOver) {
                end(session);
            }
        }
    }

    /// Notes whom the provider refuses. An OpenID provider also does that when the person’s session there is over; a
    /// directory doesn’t.
    private void refused(Door door, MemberSession session) {
        Instant since = door.provider() instanceof SsoProvider.Ldap ? Instant.EPOCH : clock.instant();
        database.act(tx -> {
            new AccountStore(tx).lock(session.tenant());
            admission.refuse(tx, session.tenant(), session.issuer(), session.subject(), session.person(), since);
        });
    }

    private SsoProof ask(Door door, MemberSession session) throws ProviderTrouble {
        Optional<String> renewal =
                secrets.openRenewal(session.tenant(), session.person(), door.provider(), session.renewal());
        return providers.again(door, renewal, session.subject(), Optional.empty());
    }

    private boolean mayStay(Tx tx, Door door, MemberSession session, SsoProof proof) {
        new AccountStore(tx).lock(session.tenant());
        boolean isIn = admission.renew(tx, door.account(), session.person(), proof.person());
        if (isIn) {
            new AccountSsoSessionStore(tx)
                    .answered(
                            session.tenant(),
                            session.tokenHash(),
                            proof.renewal()
                                    .map(secret -> secrets.sealRenewal(
                                            session.tenant(), session.person(), session.issuer(), secret)),
                            clock.instant());
        }
        return isIn;
    }

    /// Ends a session because of the provider.
    private void end(MemberSession session) {
        database.act(tx -> {
            if (new AccountSsoSessionStore(tx).end(session.tenant(), session.tokenHash())) {
                new AccountStore(tx)
                        .find(session.tenant())
                        .ifPresent(account -> audit.note(
                                tx,
                                Actor.SERVER,
                                account.owner(),
                                "MemberSignInEnded",
                                account.id().toString(),
                                Map.of("person", session.person().toString())));
            }
        });
    }
}
