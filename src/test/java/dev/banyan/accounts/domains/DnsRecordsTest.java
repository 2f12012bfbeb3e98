package dev.banyan.accounts.domains;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.FakeDns;
import dev.banyan.platform.dns.Dns;
import dev.banyan.platform.dns.HostName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whether a host leads to this server, with a DNS server on this machine.
class DnsRecordsTest {

    private static final String SERVER = "banyan.example.com";
    private static final String HOST = "links.example.org";

    private final FakeDns dns = new FakeDns();

    @AfterEach
    void close() {
        dns.close();
    }

    private Optional<String> lost(String server) {
        String[] address = dns.address().split(":");
        var proofs =
                new DomainProofs(new Dns(Optional.of(new InetSocketAddress(address[0], Integer.parseInt(address[1])))));
        return new DnsRecords(proofs, server).lost(new HostName(HOST));
    }

    @Test
    void aHostLeadsHereByOneOfItsAddresses() {
        dns.has(SERVER, "A", "203.0.113.7");
        assertThat(lost(SERVER)).hasValueSatisfying(why -> assertThat(why).contains("it has no address"));

        dns.has(HOST, "A", "203.0.113.9");
        assertThat(lost(SERVER)).hasValueSatisfying(why -> assertThat(why).contains("another address"));
        assertThat(lost("203.0.113.9")).isEmpty();

        dns.has(HOST, "A", "203.0.113.9", "203.0.113.7");
        assertThat(lost(SERVER)).isEmpty();
    }

    @Test
    void whatIsNotKnownIsNotTold() {
        assertThat(lost(SERVER)).as("our own addresses").isEmpty();
        assertThat(lost("127.0.0.1")).as("one machine").isEmpty();
        dns.has(SERVER, "A", "203.0.113.7");
        dns.fails(HOST);
        assertThat(lost(SERVER)).as("no answer").isEmpty();
    }
}
