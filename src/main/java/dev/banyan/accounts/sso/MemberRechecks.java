package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.sso.MemberDoors.Door;
import dev.banyan.platform.IdentityId;
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
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// The members of accounts, of whom their providers are asked again.
@Singleton
final class MemberRechecks implements SsoRealm<IdentityId, Door>, Recurring {

    private final Database database;
    private final MemberDoors doors;
    private final MemberAdmission admission;
    private final Audit audit;
    private final SessionRechecks<IdentityId, Door> sessionRechecks;
    private final LinkRechecks<IdentityId, Door> linkRechecks;

    MemberRechecks(
            Database database,
            ProviderSignIn providers,
            MemberDoors doors,
            MemberAdmission admission,
            AccountSsoSecrets secrets,
            Audit audit,
            Clock clock) {
        this.database = database;
        this.doors = doors;
        this.admission = admission;
        this.audit = audit;
        this.sessionRechecks = new SessionRechecks<>(database, providers, this, secrets, clock);
        this.linkRechecks = new LinkRechecks<>(database, providers, this, clock);
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
                "recheck-members-of-providers",
                "Asks directories about members without a session, and ends what silent providers let in.",
                this::runLinks);
    }

    /// Looks also at those without one.
    void runLinks() {
        linkRechecks.run();
    }

    @Override
    public SsoLinkStore<IdentityId> links(Tx tx) {
        return new AccountSsoLinkStore(tx);
    }

    @Override
    public SsoSessionStore<IdentityId> sessions(Tx tx) {
        return new AccountSsoSessionStore(tx);
    }

    @Override
    public Optional<Door> door(Tx tx, SsoOwner owner) {
        return doors.find(tx, owner.tenant());
    }

    @Override
    public void lock(Tx tx, SsoOwner owner) {
        new AccountStore(tx).lock(owner.tenant());
    }

    @Override
    public boolean renew(Tx tx, Door door, IdentityId person, SsoPerson named) {
        return admission.renew(tx, door.account(), person, named);
    }

    @Override
    public void refuse(Tx tx, Door door, IdentityId person, String issuer, String subject, Instant since) {
        admission.refuse(tx, door.owner(), issuer, subject, person, since);
    }

    @Override
    public void refuseSilent(Tx tx, Door door, List<IdentityId> people) {
        admission.refuseSilent(
                tx,
                door.owner(),
                people.stream().filter(person -> comesFrom(tx, door, person)).toList());
    }

    /// Whether the person could sign in at the provider: who can’t, because it doesn’t speak for them, isn’t asked to.
    private boolean comesFrom(Tx tx, Door door, IdentityId person) {
        return new IdentityStore(tx)
                .find(person)
                .flatMap(found -> doors.speakingFor(tx, found))
                .filter(speaking -> speaking.owner().equals(door.owner()))
                .isPresent();
    }

    @Override
    public void end(Optional<Door> door, SsoSession<IdentityId> session) {
        database.act(tx -> {
            if (new AccountSsoSessionStore(tx).end(session.owner(), session.tokenHash())) {
                new AccountStore(tx)
                        .find(session.owner().tenant())
                        .ifPresent(account -> audit.note(
                                tx,
                                Actor.SERVER,
                                account,
                                "MemberSignInEnded",
                                Map.of("person", session.person().toString())));
            }
        });
    }
}
