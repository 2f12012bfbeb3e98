package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.platform.Parse;
import dev.banyan.platform.config.Settings;
import jakarta.inject.Singleton;

/// What to enter at a DNS provider: that the host leads to this server, and that it is the account’s own.
@Singleton
final class DnsRecords {

    /// One record.
    record Line(String type, String name, String value) {}

    private final DomainProofs proofs;
    private final String server;

    DnsRecords(DomainProofs proofs, Settings settings) {
        this.proofs = proofs;
        this.server = ServedHosts.withoutPort(settings.publicHost());
    }

    List<Line> of(Domain domain) {
        return Stream.concat(way(domain), Stream.of(new Line("TXT", domain.proofName(), domain.proof())))
                .toList();
    }

    /// A host directly below a top-level domain has other records, and beside those no CNAME may be.
    private Stream<Line> way(Domain domain) {
        String host = domain.host().value();
        Optional<List<String>> addresses = isAddress()
                ? Optional.of(List.of(server))
                : Optional.of(server).filter(_ -> domain.host().isApex()).flatMap(proofs::addresses);
        return addresses
                .map(known -> known.stream().map(address -> new Line("A", host, address)))
                .orElseGet(() -> Stream.of(new Line("CNAME", host, server)));
    }

    private boolean isAddress() {
        return Parse.of(server, InetAddress::ofLiteral).isPresent();
    }
}
