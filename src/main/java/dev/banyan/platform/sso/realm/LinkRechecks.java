package dev.banyan.platform.sso.realm;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.sso.LdapDirectory.Known;
import dev.banyan.platform.sso.ProviderSignIn;
import dev.banyan.platform.sso.Rechecks;
import dev.banyan.platform.sso.SsoDoor;
import dev.banyan.platform.sso.SsoPerson;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.sso.realm.SsoLinkStore.Link;

/// Looks once a day at each person who comes from a provider, also at those without a session: passwords, API keys and
/// invitations don’t need one. A directory is asked. Other providers can’t be; with them, and with a directory that
/// doesn’t answer, long silence counts as a refusal.
public final class LinkRechecks<P, D extends SsoDoor> {

    private final Database database;
    private final ProviderSignIn providers;
    private final SsoRealm<P, D> realm;
    private final Clock clock;

    public LinkRechecks(Database database, ProviderSignIn providers, SsoRealm<P, D> realm, Clock clock) {
        this.database = database;
        this.providers = providers;
        this.realm = realm;
        this.clock = clock;
    }

    public void run() {
        Rechecks.run(this::takeDue, link -> link.owner().id(), Link::owner, this::check);
    }

    private List<Link<P>> takeDue() {
        return database.write(tx -> realm.links(tx).takeDue(clock.instant(), Rechecks.AT_ONCE));
    }

    /// @param links of one owner
    private void check(List<Link<P>> links) {
        // Without a door, no provider decides about anyone.
        database.read(tx -> realm.door(tx, links.getFirst().owner())).ifPresent(door -> check(door, links));
    }

    private void check(D door, List<Link<P>> links) {
        SsoProvider provider = door.provider();
        Map<Boolean, List<Link<P>>> ofProvider =
                links.stream().collect(Collectors.partitioningBy(link -> provider.mayKnow(link.issuer())));
        List<Link<P>> asked = ofProvider.getOrDefault(true, List.of());
        Map<String, Known> said =
                providers.again(door, asked.stream().map(Link::subject).toList());
        List<Link<P>> unknown = new ArrayList<>(ofProvider.getOrDefault(false, List.of()));
        for (Link<P> link : asked) {
            switch (said.getOrDefault(link.subject(), new Known.Unknown())) {
                case Known.There(SsoPerson person) when renew(door, link, person) -> {}
                case Known.Gone _ when link.issuer().equals(provider.identity()) -> refuse(door, link);
                // A directory elsewhere may be another one, which never knew them.
                case Known.There _, Known.Gone _, Known.Unknown _ -> unknown.add(link);
            }
        }
        refuseSilent(door, unknown);
    }

    private boolean renew(D door, Link<P> link, SsoPerson person) {
        return database.write(tx -> {
            realm.lock(tx, link.owner());
            return realm.renew(tx, door, link.person(), person);
        });
    }

    private void refuse(D door, Link<P> link) {
        database.act(tx -> {
            realm.lock(tx, link.owner());
            realm.refuse(tx, door, link.person(), link.issuer(), link.subject(), Instant.EPOCH);
        });
    }

    private void refuseSilent(D door, List<Link<P>> links) {
        Instant latest = clock.instant().minus(Rechecks.LONGEST_SILENCE);
        List<P> silent = links.stream()
                .filter(link -> !link.acceptedAt().isAfter(latest))
                .map(Link::person)
                .toList();
        if (!silent.isEmpty()) {
            database.act(tx -> {
                realm.lock(tx, door.owner());
                realm.refuseSilent(tx, door, silent);
            });
        }
    }
}
