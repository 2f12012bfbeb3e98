package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.Eventually;
import dev.banyan.FreePort;
import dev.banyan.RawSocket;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import dev.banyan.platform.config.Setting;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/// What `deploy/` contains: settings that exist, containers that may do nothing but serve, and real proxies of Debian
/// that keep to themselves what is for programs inside.
class DeployFilesTest {

    private static final Path DEPLOY = Path.of("deploy");
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final Path HAPROXY = Path.of("/usr/sbin/haproxy");
    private static final Pattern SETTING = Pattern.compile("\\bBANYAN_[A-Z0-9_]+");

    @Test
    void allSettingsExist() throws IOException {
        Set<String> known = Stream.of(Setting.values())
                .flatMap(setting -> Stream.of(setting.variable(), setting.variable() + "_FILE"))
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(SETTING.matcher(Files.readString(file)).results().map(MatchResult::group))
                        .as("%s", file)
                        .allMatch(known::contains);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.single.yaml", "compose.yaml"})
    void ourContainersMayDoNothingButServe(String file) throws IOException {
        List<JsonNode> ours = services(file)
                .filter(service -> service.path("image").asText().equals("banyan"))
                .toList();
        assertThat(ours).isNotEmpty().allSatisfy(service -> {
            assertThat(service.path("read_only").asBoolean()).isTrue();
            assertThat(texts(service.path("cap_drop"))).containsExactly("ALL");
            assertThat(texts(service.path("security_opt"))).containsExactly("no-new-privileges:true");
            assertThat(texts(service.path("tmpfs"))).containsExactly("/tmp:exec,size=64m");
            assertThat(service.has("ports"))
                    .as("only the proxy is reached from outside")
                    .isFalse();
        });
    }

    /// Whoever may inspect a container reads its environment.
    @Test
    void secretsAreMountedAsFilesThatOneCommandMakes(@TempDir Path folder) throws Exception {
        Path script = Files.copy(DEPLOY.resolve("secrets.sh"), folder.resolve("secrets.sh"));
        makeSecrets(script);
        Map<String, String> made = secrets(folder);
        makeSecrets(script);
        assertThat(secrets(folder)).as("those that are there stay").isEqualTo(made);
        assertThat(made.get("database-url")).endsWith("&password=" + made.get("database-password"));
        assertThat(Base64.getDecoder().decode(made.get("credentials-key"))).hasSize(32);
        assertThat(Files.getPosixFilePermissions(folder.resolve("secrets")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));

        JsonNode file = documents("compose.yaml").findFirst().orElseThrow();
        assertThat(file.path("secrets").propertyStream())
                .allSatisfy(secret ->
                        assertThat(secret.getValue().path("file").asText()).isEqualTo("secrets/" + secret.getKey()))
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(made.keySet());
        assertThat(services("compose.yaml")).allSatisfy(service -> {
            List<String> mounted = texts(service.path("secrets"));
            service.path("environment").propertyStream().forEach(variable -> {
                assertThat(made.values()).doesNotContain(variable.getValue().asText());
                if (isSecret(variable.getKey())) {
                    assertThat(variable.getKey()).endsWith("_FILE");
                    assertThat(mounted).contains(variable.getValue().asText().replaceFirst("^/run/secrets/", ""));
                }
            });
        });
        assertThat(Files.readString(DEPLOY.resolve("database.sh"))).contains("/run/secrets/database-password");
    }

    private static boolean isSecret(String variable) {
        String name = variable.replaceFirst("_FILE$", "");
        return name.endsWith("PASSWORD")
                || Stream.of(Setting.values())
                        .anyMatch(setting ->
                                setting.isSecret() && setting.variable().equals(name));
    }

    private static void makeSecrets(Path script) throws Exception {
        var made = new ProcessBuilder("sh", script.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(made.waitFor()).as(said).isZero();
    }

    private static Map<String, String> secrets(Path folder) throws IOException {
        var found = new TreeMap<String, String>();
        try (Stream<Path> files = Files.list(folder.resolve("secrets"))) {
            for (Path file : files.toList()) {
                found.put(file.getFileName().toString(), Files.readString(file).strip());
            }
        }
        return found;
    }

    @Test
    void ourPodsMayDoNothingButServe() throws IOException {
        JsonNode pod = documents("kubernetes/banyan.yaml")
                .filter(document -> document.path("kind").asText().equals("Deployment"))
                .findFirst()
                .orElseThrow()
                .at("/spec/template/spec");
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        JsonNode context = pod.at("/containers/0/securityContext");
        assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(texts(context.at("/capabilities/drop"))).containsExactly("ALL");
    }

    @Test
    void aUnitHasTheHardeningOfThePackage() throws IOException {
        List<String> unit = Files.readAllLines(DEPLOY.resolve("systemd/banyan@.service"));
        assertThat(Files.readAllLines(Path.of("release/deb/hardening.conf")).stream()
                        .filter(line -> !line.startsWith("#") && !line.startsWith("[") && !line.startsWith("State")))
                .hasSizeGreaterThan(20)
                .allSatisfy(line -> assertThat(unit).contains(line));
    }

    /// nginx and HAProxy are tried where they are installed; Caddy is needed for other tests too.
    @ParameterizedTest
    @ValueSource(strings = {"Caddyfile.single", "Caddyfile", "proxies/nginx.conf", "proxies/haproxy.cfg"})
    void aProxyKeepsInsideWhatIsForProgramsAndPassesOnSockets(String file, @TempDir Path folder) throws Exception {
        switch (file) {
            case "proxies/nginx.conf" -> assumeThat(NGINX).exists();
            case "proxies/haproxy.cfg" -> assumeThat(HAPROXY).exists();
            default -> {}
        }
        try (var server = ServerProcess.serve(folder.resolve("data"))) {
            String upstream = "127.0.0.1:" + server.awaitReady().getPort();
            int port = FreePort.next();
            Process proxy = switch (file) {
                case "proxies/nginx.conf" -> nginx(folder, upstream, port);
                case "proxies/haproxy.cfg" -> haproxy(folder, upstream, port);
                default -> caddy(folder, file, upstream, port);
            };
            String site = "http://127.0.0.1:" + port;
            try (var client = HttpClient.newHttpClient()) {
                assertThat(Eventually.until(() -> status(client, site + "/login"), status -> status == 200))
                        .isEqualTo(200);
                for (String inside : List.of(
                        "/metrics",
                        "/Metrics",
                        "/metrics/",
                        "//metrics//",
                        "/%6detrics",
                        "/login/../metrics",
                        "/%2e/metrics",
                        "/internal/domain?domain=127.0.0.1",
                        "/login/%2e%2e/internal/domain?domain=127.0.0.1",
                        "/internal/")) {
                    assertThat(status(client, site + inside)).as(inside).isEqualTo(404);
                }
                assertThat(status(client, site + "/readyz")).isEqualTo(200);
                String token = TestClient.at(URI.create(site))
                        .post(
                                "/api/register",
                                Map.of(
                                        "email",
                                        "amira@example.com",
                                        "username",
                                        "amira",
                                        "password",
                                        "correct horse battery"))
                        .json()
                        .at("/data/session/token")
                        .asText();
                assertThat(shake(port, Map.of("Authorization", "Bearer " + token)))
                        .as("a socket")
                        .isEqualTo(101);
            } finally {
                proxy.destroy();
                if (!proxy.waitFor(10, TimeUnit.SECONDS)) {
                    proxy.destroyForcibly();
                }
            }
        }
    }

    private static int shake(int port, Map<String, String> headers) {
        try (var socket = RawSocket.connect(port, 0)) {
            return socket.shake("/api/whatsapp/ws", headers);
        }
    }

    /// Starts a Caddy with our file, but without its last block: ports below 1024 aren't for tests.
    private static Process caddy(Path folder, String name, String upstream, int port) throws IOException {
        String written = Files.readString(DEPLOY.resolve(name));
        Path file = Files.writeString(
                folder.resolve("Caddyfile"),
                written.substring(0, written.indexOf("# Custom domains.\nhttps:// {"))
                        .replace("one:8080 two:8080", upstream)
                        .replace("one:8080", upstream));
        var builder = proxy(folder, "caddy", "run", "--config", file.toString(), "--adapter", "caddyfile");
        builder.environment()
                .putAll(Map.of(
                        "SITE",
                        "http://127.0.0.1:" + port,
                        "SERVER",
                        upstream,
                        "CADDY_ADMIN",
                        "127.0.0.1:" + FreePort.next(),
                        "XDG_DATA_HOME",
                        folder.resolve("caddy").toString(),
                        "XDG_CONFIG_HOME",
                        folder.resolve("caddy").toString()));
        return builder.start();
    }

    /// Starts an nginx with our file, on another port and without TLS.
    private static Process nginx(Path folder, String upstream, int port) throws IOException {
        String ours = Files.readString(DEPLOY.resolve("proxies/nginx.conf"))
                .replace("127.0.0.1:8080", upstream)
                .replace("listen 443 ssl http2;", "listen 127.0.0.1:" + port + ";")
                .replace("listen 80;", "listen 127.0.0.1:" + FreePort.next() + ";")
                .replaceAll("(?m)^ +(listen \\[::]|ssl_).*\\n", "");
        Path file = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                user root;
                pid nginx.pid;
                events {}
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path answers;
                %s
                }
                """.formatted(ours));
        return proxy(folder, NGINX.toString(), "-p", folder.toString(), "-c", file.toString(), "-e", "error.log")
                .start();
    }

    /// Starts a HAProxy with our file, on another port and without TLS.
    private static Process haproxy(Path folder, String upstream, int port) throws IOException {
        Path file = Files.writeString(
                folder.resolve("haproxy.cfg"),
                Files.readString(DEPLOY.resolve("proxies/haproxy.cfg"))
                        .replace("127.0.0.1:8080", upstream)
                        .replace("bind :80", "bind 127.0.0.1:" + port)
                        .replaceAll("(?m)^ +(bind :443|http-request redirect).*\\n", ""));
        return proxy(folder, HAPROXY.toString(), "-db", "-f", file.toString()).start();
    }

    private static ProcessBuilder proxy(Path folder, String... command) {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("proxy.log").toFile());
    }

    /// Returns 0 while nothing answers.
    private static int status(HttpClient client, String address) {
        try {
            return client.send(
                            HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException _) {
            return 0;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static Stream<JsonNode> services(String file) throws IOException {
        return documents(file).flatMap(document -> document.path("services").valueStream());
    }

    /// Anchors are followed, and `<<` is merged: what a service says goes before what it takes from another.
    private static Stream<JsonNode> documents(String file) throws IOException {
        var loader = new Yaml();
        var mapper = new ObjectMapper();
        try (var in = Files.newBufferedReader(DEPLOY.resolve(file))) {
            return StreamSupport.stream(loader.loadAll(in).spliterator(), false)
                    .<JsonNode>map(mapper::valueToTree)
                    .toList()
                    .stream();
        }
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}
