package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.FakeDns;
import dev.banyan.FreePort;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real Caddy, from Debian’s package, in front of a server: it asks whether it may have a certificate for a host,
/// as in `deploy/Caddyfile`. Its certificates are of its own authority.
class HostBehindCaddyTest {

    private static final String HOST = "links.brand.example";

    @Test
    void aProvedHostHasACertificateAndAnotherOneHasNot(@TempDir Path folder) throws Exception {
        try (var dns = new FakeDns();
                var server = ServerProcess.serve(
                        folder.resolve("data"),
                        Map.of(
                                "BANYAN_DNS", dns.address(),
                                "BANYAN_BILLING", "open",
                                "BANYAN_DEFAULT_PLAN", "unlimited"))) {
            int port = server.awaitReady().getPort();
            TestClient owner = owner(server);
            owner.post("/api/admin/CreatePage", Map.of("slug", "start", "name", "Start"));
            JsonNode domain =
                    owner.post("/api/admin/domains", Map.of("domain", HOST)).json();
            dns.has("_banyan." + HOST, "TXT", "\"verify=" + domain.path("id").asText() + "\"");
            assertThat(owner.post("/api/admin/domains/" + domain.path("id").asText() + "/check", Map.of())
                            .json()
                            .path("state")
                            .asText())
                    .isEqualTo("active");

            int tls = FreePort.next();
            Process caddy = caddy(folder, port, tls);
            try {
                Eventually.holds(() -> isWritten(root(folder)));
                SSLContext trusting = trusting(root(folder));

                String page = Eventually.until(() -> get(trusting, tls, HOST), text -> text.startsWith("HTTP/1.1 200"));
                assertThat(page).contains("@keeper", "rel=\"canonical\" href=\"http://" + HOST + ":" + port + "/\"");
                SSLContext another = trusting(root(folder)); // which has no session to go on with
                assertThatThrownBy(() -> ask(another, tls, "other.brand.example"))
                        .isInstanceOf(SSLException.class);
            } finally {
                caddy.destroy();
                if (!caddy.waitFor(10, TimeUnit.SECONDS)) {
                    caddy.destroyForcibly();
                }
            }
        }
    }

    private static TestClient owner(ServerProcess server) throws IOException {
        String token = TestClient.parse(
                        server.send("POST", "/api/register", "", """
                {"email": "keeper@example.com", "username": "keeper", "password": "correct horse battery"}
                """).body())
                .at("/data/session/token")
                .asText();
        return TestClient.at(server.awaitReady()).with("Authorization", "Bearer " + token);
    }

    private static Path root(Path folder) {
        return folder.resolve("caddy/pki/authorities/local/root.crt");
    }

    /// Caddy makes the file before it writes it.
    private static boolean isWritten(Path root) {
        try {
            return Files.readString(root).contains("END CERTIFICATE");
        } catch (IOException _) {
            return false;
        }
    }

    private static Process caddy(Path folder, int port, int tls) throws IOException {
        Path file = folder.resolve("Caddyfile");
        Files.writeString(file, """
                {
                    admin off
                    local_certs
                    skip_install_trust
                    auto_https disable_redirects
                    https_port %1$d
                    storage file_system %2$s
                    on_demand_tls {
                        ask http://127.0.0.1:%3$d/internal/domain
                    }
                }
                https:// {
                    bind 127.0.0.1
                    tls {
                        on_demand
                    }
                    reverse_proxy 127.0.0.1:%3$d
                }
                """.formatted(tls, folder.resolve("caddy"), port));
        try {
            return new ProcessBuilder("caddy", "run", "--config", file.toString(), "--adapter", "caddyfile")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("caddy.log").toFile())
                    .start();
        } catch (IOException missing) {
            throw new AssertionError("This test needs Caddy. On Debian and Ubuntu: apt-get install caddy", missing);
        }
    }

    private static SSLContext trusting(Path root) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(root)) {
            store.setCertificateEntry(
                    "caddy", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /// Returns the answer; empty while Caddy starts.
    private static String get(SSLContext trusting, int port, String host) {
        try {
            return ask(trusting, port, host);
        } catch (IOException _) {
            return "";
        }
    }

    private static String ask(SSLContext trusting, int port, String host) throws IOException {
        try (var socket =
                (SSLSocket) trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(Eventually.MILLIS);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(host)));
            parameters.setEndpointIdentificationAlgorithm("");
            socket.setSSLParameters(parameters);
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
