package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.platform.Idna;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.dns.HostName;
import jakarta.inject.Singleton;

/// The hosts of this server itself, and which others come here.
@Singleton
public final class OwnHosts {

    /// Names without a dot and addresses are how machines reach a server, never domains of accounts.
    private static final Pattern NO_DOMAIN = Pattern.compile("[^.]*|[0-9.]+|\\[.*");

    private final Set<String> own;

    public OwnHosts(Settings settings) {
        this.own = Stream.concat(Stream.of(withoutPort(settings.publicHost())), settings.otherHosts().stream())
                .map(host -> Idna.ascii(host).orElse(host))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Returns the host of a request, without its port.
    static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        String host = colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
        String plain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return plain.toLowerCase(Locale.ROOT);
    }

    /// Returns whether a host can belong to an account at all.
    boolean canBeOfAccount(String host) {
        return !own.contains(host) && !NO_DOMAIN.matcher(host).matches();
    }

    /// Returns whether requests for a host come to this server.
    ///
    /// @param host as DNS knows it
    public boolean areHere(Tx tx, String host) {
        return own.contains(host)
                || canBeOfAccount(host)
                        && HostName.parse(host)
                                .flatMap(new DomainStore(tx)::served)
                                .isPresent();
    }
}
