package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.platform.Parse;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.dns.HostName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// What to enter at a DNS provider: that the host leads to this server, and that it is the account’s own.
@Singleton
final class DnsRecords {

    record Line(String type, String name, String value) {}

    private final DomainProofs proofs;
    private final String server;

    @Inject
    DnsRecords(DomainProofs proofs, Settings settings) {
        this(proofs, OwnHosts.withoutPort(settings.publicHost()));
    }

    /// @param server the name of this server, or its address
    DnsRecords(DomainProofs proofs, String server) {
        this.proofs = proofs;
        this.server = server;
    }

    List<Line> of(Domain domain) {
        return Stream.concat(way(domain), Stream.of(new Line("TXT", domain.proofName(), domain.proof())))
                .toList();
    }

    /// Returns what is wrong with the way to this server, for people: a proof says nothing about that. Where our own
    /// addresses aren't known, or are those of one machine, nothing can be said. Waits for the DNS.
    Optional<String> lost(HostName host) {
        Set<String> ours = Set.copyOf(address().map(List::of).orElseGet(() -> proofs.addresses(server)));
        if (ours.isEmpty() || ours.stream().anyMatch(DnsRecords::isLocal)) {
            return Optional.empty();
        }
        return proofs.known(host.value())
                .filter(theirs -> Collections.disjoint(theirs, ours))
                .map(theirs -> theirs.isEmpty() ? Domain.NOWHERE : Domain.ELSEWHERE);
    }

    private static boolean isLocal(String address) {
        return Parse.of(address, InetAddress::ofLiteral)
                .filter(InetAddress::isLoopbackAddress)
                .isPresent();
    }

    /// A registered name has other records, and next to those there can be no CNAME. Where our addresses aren't
    /// known, an ALIAS does what a CNAME would; many DNS providers have it under this name.
    private Stream<Line> way(Domain domain) {
        String host = domain.host().value();
        boolean isApex = domain.host().isApex();
        List<String> addresses = address().map(List::of).orElseGet(() -> isApex ? proofs.addresses(server) : List.of());
        return addresses.isEmpty()
                ? Stream.of(new Line(isApex ? "ALIAS" : "CNAME", host, server))
                : addresses.stream().map(address -> new Line(address.contains(":") ? "AAAA" : "A", host, address));
    }

    private Optional<String> address() {
        return Parse.of(server, InetAddress::ofLiteral).map(_ -> server.replaceAll("[\\[\\]]", ""));
    }
}
