package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.sso.LdapDirectory.Known;
import dev.banyan.platform.sso.ProviderSignIn;
import dev.banyan.platform.sso.Rechecks;
import dev.banyan.platform.sso.SsoPerson;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.sso.SsoSignIn.Door;
import dev.banyan.workspaces.sso.SsoStore.Link;
import jakarta.inject.Singleton;

/// Looks once a day at each user who comes from a provider, also at those without a session: passwords, API keys and
/// invitations don’t need one. A directory is asked. Other providers can’t be; with them, and with a directory that
/// doesn’t answer, long silence counts as a refusal.
@Singleton
final class SsoLinkRechecks implements Recurring {

    private final Database database;
    private final ProviderSignIn providers;
    private final SsoSignIn doors;
    private final SsoPeople people;
    private final Clock clock;

    SsoLinkRechecks(Database database, ProviderSignIn providers, SsoSignIn doors, SsoPeople people, Clock clock) {
        this.database = database;
        this.providers = providers;
        this.doors = doors;
        this.people = people;
        this.clock = clock;
    }

    @Override
    public Job job() {
        return Job.scheduled(
                "1m",
                "25s",
                "recheck-people-of-providers",
                "Asks directories about people without a session, and ends what silent providers let in.",
                this::run);
    }

    void run() {
        Rechecks.run(this::takeDue, Link::workspace, Link::workspace, this::check);
    }

    private List<Link> takeDue() {
        return database.write(tx -> new SsoStore(tx).takeDue(clock.instant(), Rechecks.AT_ONCE));
    }

    /// @param links of one workspace
    private void check(List<Link> links) {
        // Without settings, no provider decides about anyone.
        database.read(tx -> doors.find(tx, links.getFirst().workspace())).ifPresent(door -> check(door, links));
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
                case Known.Gone _ when link.issuer().equals(provider.identity()) -> refuse(door, link);
                // A directory elsewhere may be another one, which never knew them.
                case Known.There _, Known.Gone _, Known.Unknown _ -> unknown.add(link);
            }
        }
        refuseSilent(door, unknown);
    }

    private boolean renew(Door door, Link link, SsoPerson person) {
        return database.write(tx -> {
            new WorkspaceStore(tx).lock(link.tenant(), link.workspace());
            return people.renew(tx, door.workspace(), link.user(), person);
        });
    }

    private void refuse(Door door, Link link) {
        database.act(tx -> {
            new WorkspaceStore(tx).lock(link.tenant(), link.workspace());
            people.refuse(tx, door.workspace(), link.issuer(), link.subject(), link.user(), Instant.EPOCH);
        });
    }

    private void refuseSilent(Door door, List<Link> links) {
        Instant latest = clock.instant().minus(Rechecks.LONGEST_SILENCE);
        List<Integer> silent = links.stream()
                .filter(link -> !link.acceptedAt().isAfter(latest))
                .map(Link::user)
                .toList();
        if (!silent.isEmpty()) {
            database.act(tx -> {
                new WorkspaceStore(tx)
                        .lock(door.place().tenant(), door.workspace().id());
                people.refuseSilent(tx, door.workspace(), silent);
            });
        }
    }
}
