package dev.banyan.workspaces.sso;

import module java.base;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.sso.LdapDirectory.Known;
import dev.banyan.platform.sso.Rechecks;
import dev.banyan.platform.sso.SsoPerson;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.sso.SsoStore.Link;
import jakarta.inject.Singleton;

/// Looks once a day at each user who comes from a provider, also at those without a session: passwords, API keys and
/// invitations don’t need one. A directory is asked. Other providers can’t be; with them, and with a directory that
/// doesn’t answer, long silence counts as a refusal.
@Singleton
final class SsoLinkRechecks implements Recurring {

    private final Database database;
    private final SsoSignIn signIn;
    private final SsoSessions signIns;
    private final SsoPeople people;
    private final Clock clock;

    SsoLinkRechecks(Database database, SsoSignIn signIn, SsoSessions signIns, SsoPeople people, Clock clock) {
        this.database = database;
        this.signIn = signIn;
        this.signIns = signIns;
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
        Optional<Workspace> workspace = database.read(
                        tx -> new WorkspaceStore(tx).findById(links.getFirst().workspace()))
                .map(WorkspaceStore.Visited::workspace);
        Optional<StoredSso> stored = workspace.flatMap(signIns::settings);
        if (workspace.isPresent() && stored.isPresent()) { // without settings, no provider decides about anyone
            check(workspace.get(), stored.get(), links);
        }
    }

    private void check(Workspace workspace, StoredSso stored, List<Link> links) {
        SsoProvider provider = stored.provider();
        Map<Boolean, List<Link>> ofProvider =
                links.stream().collect(Collectors.partitioningBy(link -> provider.mayKnow(link.issuer())));
        List<Link> asked = ofProvider.getOrDefault(true, List.of());
        Map<String, Known> said = signIn.again(
                workspace, stored, asked.stream().map(Link::subject).toList());
        List<Link> unknown = new ArrayList<>(ofProvider.getOrDefault(false, List.of()));
        for (Link link : asked) {
            switch (said.getOrDefault(link.subject(), new Known.Unknown())) {
                case Known.There(SsoPerson person) when renew(workspace, link, person) -> {}
                case Known.Gone _ when link.issuer().equals(provider.identity()) -> refuse(workspace, link);
                // A directory elsewhere may be another one, which never knew them.
                case Known.There _, Known.Gone _, Known.Unknown _ -> unknown.add(link);
            }
        }
        refuseSilent(workspace, unknown);
    }

    private boolean renew(Workspace workspace, Link link, SsoPerson person) {
        return database.write(tx -> {
            new WorkspaceStore(tx).lock(link.tenant(), workspace.id());
            // Read again: the settings may have been changed while the directory was asked.
            return new SsoStore(tx)
                    .find(link.tenant(), workspace.id())
                    .filter(now -> now.provider().identity().equals(person.issuer()))
                    .flatMap(now -> people.renew(tx, Actor.SERVER, workspace, now, link.user(), person))
                    .isPresent();
        });
    }

    private void refuse(Workspace workspace, Link link) {
        database.write(tx -> {
            new WorkspaceStore(tx).lock(link.tenant(), workspace.id());
            people.refuse(tx, workspace, link.issuer(), link.subject(), link.user(), Instant.EPOCH);
            return link;
        });
    }

    private void refuseSilent(Workspace workspace, List<Link> links) {
        Instant latest = clock.instant().minus(Rechecks.LONGEST_SILENCE);
        List<Integer> silent = links.stream()
                .filter(link -> !link.acceptedAt().isAfter(latest))
                .map(Link::user)
                .toList();
        if (!silent.isEmpty()) {
            database.write(tx -> {
                new WorkspaceStore(tx).lock(workspace.owner().tenant(), workspace.id());
                people.refuseSilent(tx, workspace, silent);
                return silent;
            });
        }
    }
}
