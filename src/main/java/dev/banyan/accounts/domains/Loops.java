package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.platform.Parse;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.db.Tx;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Finds addresses of this server, at any host that comes here, that lead visitors back to where they came from.
@Singleton
public final class Loops {

    /// Addresses that lead to each other, looked at for one.
    private static final int MOST_SEEN = 100;

    /// What short links and links of pages are found without.
    private static final Pattern END = Pattern.compile("[\\s\\p{Z}/]+$");

    private final OwnHosts hosts;
    private final List<LeadingOn> kinds;

    public Loops(OwnHosts hosts, @All List<LeadingOn> kinds) {
        this.hosts = hosts;
        this.kinds = List.copyOf(kinds);
    }

    /// Returns whether an address may be one that leads on, without asking whose host it is.
    public static boolean mayLeadOn(String url) {
        String plain = url.contains("%") ? path(url).orElse(url) : url;
        return Site.Pages.WAYS.stream().anyMatch(plain::contains);
    }

    private static Optional<String> path(String url) {
        return Parse.of(WebAddresses.forHeader(url), URI::create)
                .map(URI::normalize)
                .map(URI::getPath)
                .map(path -> END.matcher(path).replaceFirst(""));
    }

    /// Returns the path that an address opens here; empty if it isn't one that leads on.
    public Optional<String> opened(Tx tx, String url) {
        return Optional.of(url)
                .filter(Loops::mayLeadOn)
                .filter(_ -> WebAddresses.host(url)
                        .filter(host -> hosts.areHere(tx, host))
                        .isPresent())
                .flatMap(Loops::path)
                .filter(path -> Site.Pages.WAYS.stream().anyMatch(path::startsWith));
    }

    /// Returns whether visitors may come by an address again, on whatever way they may go.
    ///
    /// @param path of the address, such as `/l/summer`
    /// @param changed where other addresses are about to lead, by their paths
    public boolean leadsBack(Tx tx, String path, String target, Map<String, String> changed) {
        var open = new ArrayDeque<>(List.of(target));
        var seen = new HashSet<String>();
        while (!open.isEmpty() && seen.size() < MOST_SEEN) {
            Optional<LeadingOn.Address> next =
                    opened(tx, open.remove()).filter(seen::add).flatMap(found -> find(tx, found, changed));
            if (next.filter(address -> address.path().equals(path)).isPresent()) {
                return true;
            }
            next.ifPresent(address -> open.addAll(address.targets()));
        }
        return false;
    }

    private Optional<LeadingOn.Address> find(Tx tx, String path, Map<String, String> changed) {
        return changed.containsKey(path)
                ? Optional.of(new LeadingOn.Address(path, List.of(changed.get(path))))
                : kinds.stream()
                        .filter(kind -> path.startsWith(kind.way()))
                        .flatMap(kind -> kind.find(tx, path.substring(kind.way().length())).stream())
                        .findFirst();
    }
}
