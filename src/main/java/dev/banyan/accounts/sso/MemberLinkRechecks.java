package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.sso.AccountSsoStore.Link;
import dev.banyan.accounts.sso.MemberDoors.Door;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.sso.LdapDirectory.Known;
import dev.banyan.platform.sso.ProviderSignIn;
import dev.banyan.platform.sso.Rechecks;
import dev.banyan.platform.sso.SsoPerson;
import dev.banyan.platform.sso.SsoProvider;
import jakarta.inject.Singleton;

/// Looks once a day at each member who comes from a provider, also at those without a session: passwords, API keys and
/// invitations don’t need one. A directory is asked. Other providers can’t be; with them, and with a directory that
/// doesn’t answer, long silence counts as a refusal.
@Singleton
final class MemberLinkRechecks implements Recurring {

    private final Database database;
    private final ProviderSignIn providers;
    private final MemberDoors doors;
    private final MemberAdmission admission;
    private final Clock clock;

    MemberLinkRechecks(
            Database database, ProviderSignIn providers, MemberDoors doors, MemberAdmission admission, Clock clock) {
        this.database = database;
        this.providers = providers;
        this.doors = doors;
        this.admission = admission;
        this.clock = clock;
    }

    @Override
    public Job job() {
        return Job.scheduled(
                "1m",
                "25s",
                "recheck-members-of-providers",
                "Asks directories about members without a session, and ends what silent providers let in.",
                this::run);
    }

    void run() {
        Rechecks.run(this::takeDue, Link::tenant, Link::tenant, this::check);
    }

    private List<Link> takeDue() {
        return database.write(tx -> new AccountSsoStore(tx).takeDue(clock.instant(), Rechecks.AT_ONCE));
    }

    /// @param links of one account
    private void check(List<Link> links) {
        // Without a door, no provider decides about anyone.
        database.read(tx -> doors.find(tx, links.getFirst().tenant())).ifPresent(door -> check(door, links));
    }

    private void check(Door door, List<Link> links) {
        SsoProvider provider = door.provider();
        Map<Boolean, List<Link>> ofProvider =
                links.stream().collect(Collectors.partitioningBy(link -> provider.mayKnow(link.issuer())));
        List<Link> asked = ofProvider.getOrDefault(true, List.of());
        Map<String, Known> said =
                providers.again(door, asked.stream().map(Link::subject).toList());
        List<Link> unknown = new ArrayList<>(ofProvider.getOrDefault(false, List.of()));
        for (Link link : asked) {
            switch (said.getOrDefault(link.subject(), new Known.Unknown())) {
                case Known.There(SsoPerson person) when renew(door, link, person) -> {}
                case Known.Gone _ when link.issuer().equals(provider.identity()) -> refuse(link);
                // A directory elsewhere may be another one, which never knew them.
                case Known.There _, Known.Gone _, Known.Unknown _ -> unknown.add(link);
            }
        }
        refuseSilent(door, unknown);
    }

    private boolean renew(Door door, Link link, SsoPerson person) {
        return database.write(tx -> {
            new AccountStore(tx).lock(link.tenant());
            return admission.renew(tx, door.account(), link.person(), person);
        });
    }

    private void refuse(Link link) {
        database.act(tx -> {
            new AccountStore(tx).lock(link.tenant());
            admission.refuse(tx, link.tenant(), link.issuer(), link.subject(), link.person(), Instant.EPOCH);
        });
    }

    private void refuseSilent(Door door, List<Link> links) {
        Instant latest = clock.instant().minus(Rechecks.LONGEST_SILENCE);
        List<IdentityId> silent = links.stream()
                .filter(link -> !link.acceptedAt().isAfter(latest))
                .map(Link::person)
                .toList();
        if (!silent.isEmpty()) {
            database.act(tx -> {
                new AccountStore(tx).lock(door.account().id());
                silent.stream()
                        .filter(person -> comesFrom(tx, door, person))
                        .forEach(person ->
                                admission.refuseSilent(tx, door.account().id(), person));
            });
        }
    }

    /// Whether the person could sign in at the provider: who can’t, because it doesn’t speak for them, isn’t asked to.
    private boolean comesFrom(Tx tx, Door door, IdentityId person) {
        return new IdentityStore(tx)
                .find(person)
                .flatMap(found -> doors.speakingFor(tx, found))
                .filter(speaking ->
                        speaking.account().id().equals(door.account().id()))
                .isPresent();
    }
}
