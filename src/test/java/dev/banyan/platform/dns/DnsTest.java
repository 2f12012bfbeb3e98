package dev.banyan.platform.dns;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.FakeDns;
import dev.banyan.platform.dns.Dns.Looked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

class DnsTest {

    private static final String NAME = "_banyan.links.example.com";

    private final FakeDns server = new FakeDns();
    private final Dns dns = new Dns(Optional.of(new InetSocketAddress(
            "127.0.0.1",
            Integer.parseInt(server.address().substring(server.address().indexOf(':') + 1)))));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void severalTextsAreFoundAndTheirPartsJoined() {
        server.has(NAME, "TXT", "\"verify=\" \"one\"", "\"verify=two\"");

        assertThat(dns.texts(NAME))
                .isInstanceOfSatisfying(
                        Looked.Found.class,
                        found -> assertThat(found.texts()).containsExactlyInAnyOrder("verify=one", "verify=two"));
    }

    @Test
    void aNameThatIsNoneAndOneWithoutTextsAreNothing() {
        server.has("links.example.com", "A", "127.0.0.9");

        assertThat(dns.texts("nowhere.example.com")).isEqualTo(new Looked.Nothing());
        assertThat(dns.texts("links.example.com")).isEqualTo(new Looked.Nothing());
        assertThat(dns.addresses("links.example.com"))
                .isInstanceOfSatisfying(
                        Looked.Found.class, found -> assertThat(found.texts()).containsExactly("127.0.0.9"));
    }

    @Test
    void aServerThatFailsOrIsSilentSaysNothingAboutTheProof() {
        server.fails(NAME);
        assertThat(dns.texts(NAME)).isEqualTo(new Looked.Unknown("Its DNS server reports a failure (SERVFAIL)."));

        server.fails(NAME, Rcode.REFUSED);
        assertThat(dns.texts(NAME)).isInstanceOf(Looked.Unknown.class);

        server.fails(NAME, -1);
        assertThat(dns.texts(NAME)).isInstanceOf(Looked.Unknown.class);
    }

    @Test
    void aliasesAreFollowedAndCirclesEnd() {
        server.has(NAME, "CNAME", "proofs.example.net.");
        server.has("proofs.example.net", "TXT", "\"verify=one\"");
        server.has("a.example.com", "CNAME", "b.example.com.");
        server.has("b.example.com", "CNAME", "a.example.com.");

        assertThat(dns.texts(NAME)).isInstanceOf(Looked.Found.class);
        assertThat(dns.texts("a.example.com")).isInstanceOf(Looked.Unknown.class);
    }

    @Test
    void aNameThatIsTooLongIsNothing() {
        assertThat(dns.texts("a.".repeat(200) + "example")).isEqualTo(new Looked.Nothing());
    }
}
