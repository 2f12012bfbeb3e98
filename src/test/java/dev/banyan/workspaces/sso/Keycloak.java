package dev.banyan.workspaces.sso;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.Eventually;
import dev.banyan.FreePort;
import dev.banyan.TestClient;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// A real Keycloak with the realm `office`, and what its admin does there: one process for all tests of a JVM, because
/// a
/// start takes half a minute of both cores. Tests work with people and clients of their own there.
public final class Keycloak {

    public static final String CLIENT = "banyan";
    public static final String SECRET = "only-the-provider-knows";
    private static final Path HOME = Path.of("target", "keycloak").toAbsolutePath();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Eventually.LONGEST)
            .build();

    private static final int END_OF_LOG = 40;

    private final Process process;
    private final Path log;
    private final String address;

    private Keycloak() {
        try {
            int port = FreePort.next();
            address = "http://127.0.0.1:" + port;
            Path home = installed();
            log = home.resolve("log");
            Files.deleteIfExists(log);
            var command = new ProcessBuilder(List.of(
                            "bash",
                            home.resolve("bin/kc.sh").toString(),
                            "start-dev",
                            "--http-host=127.0.0.1",
                            "--http-port=" + port,
                            "--cache=local",
                            "--import-realm"))
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            command.environment().put("JAVA_HOME", System.getProperty("java.home"));
            command.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
            // It runs each line a few times only, as the tests do.
            command.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
            command.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
            command.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
            process = command.start();
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
            Eventually.holds(() -> read(log).contains("Listening on") || !process.isAlive());
            assertRuns();
            warmUp();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Returns the one that runs, and starts it for the first who asks.
    public static Keycloak running() {
        return Started.HERE;
    }

    private static final class Started {

        static final Keycloak HERE = new Keycloak();
    }

    /// Its first answers take seconds beside other tests, and the server under test waits only so long for a provider.
    private void warmUp() {
        String first = issuer() + "/.well-known/openid-configuration";
        var documents =
                TestClient.parse(send(HttpRequest.newBuilder(URI.create(first))).body());
        send(HttpRequest.newBuilder(URI.create(documents.path("jwks_uri").asText())));
        send(HttpRequest.newBuilder(URI.create(documents.path("token_endpoint").asText()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=" + CLIENT + "&client_secret=" + SECRET)));
    }

    /// Fails with the end of its log if it has died.
    public void assertRuns() {
        if (!process.isAlive()) {
            List<String> lines = read(log).lines().toList();
            throw new AssertionError("Keycloak has died with exit code " + process.exitValue()
                    + ". The end of its log:\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - END_OF_LOG), lines.size())));
        }
    }

    private static String read(Path log) {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Returns the unpacked program, with nothing left of an earlier run.
    private static Path installed() throws IOException {
        Path home;
        try (var found = Files.list(HOME)) {
            home = found.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        Path data = home.resolve("data");
        if (Files.exists(data)) {
            try (var old = Files.walk(data)) {
                for (Path file :
                        old.sorted((one, other) -> other.compareTo(one)).toList()) {
                    Files.delete(file);
                }
            }
        }
        Path realms = Files.createDirectories(data.resolve("import"));
        Files.copy(
                Path.of("src", "test", "resources", "keycloak", "office-realm.json"),
                realms.resolve("office-realm.json"));
        return home;
    }

    /// Returns where it listens, without a slash at the end.
    public String address() {
        return address;
    }

    public String issuer() {
        return address + "/realms/office";
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Eventually.LONGEST).build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            assertRuns();
            throw new UncheckedIOException(failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted");
        }
    }

    private String adminToken() {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(address + "/realms/master/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(
                                "grant_type=password&client_id=admin-cli&username=admin&password=admin")));
        return TestClient.parse(answer.body()).path("access_token").asText();
    }

    private HttpResponse<String> admin(String method, String path, String body) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(address + "/admin/realms/office" + path))
                .header("Authorization", "Bearer " + adminToken())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }

    /// Makes something in the realm, as its admins do.
    ///
    /// @param path below that of the realm: `/clients`
    public void create(String path, Object what) {
        admin("POST", path, TestClient.JSON.valueToTree(what).toString());
    }

    /// Makes a person who can sign in, as an admin enters them.
    public void employ(String username, String group, String password, boolean emailVerified) {
        create(
                "/users",
                Map.of(
                        "username",
                        username,
                        "enabled",
                        true,
                        "email",
                        username + "@office.example",
                        "emailVerified",
                        emailVerified,
                        "firstName",
                        "Leila",
                        "lastName",
                        "Karam",
                        "groups",
                        List.of("/" + group),
                        "credentials",
                        List.of(Map.of("type", "password", "value", password, "temporary", false))));
    }

    /// Gives a person a role of the realm.
    public void give(String username, String role) {
        String roles = "[" + admin("GET", "/roles/" + role, "").body() + "]";
        admin("POST", "/users/" + user(username).path("id").asText() + "/role-mappings/realm", roles);
    }

    private JsonNode user(String username) {
        return TestClient.parse(admin("GET", "/users?exact=true&username=" + username, "")
                        .body())
                .get(0);
    }

    /// Tells the provider about us, as its admins do with our metadata.
    public void addSamlClient(String ourMetadata) {
        String client =
                admin("POST", "/client-description-converter", ourMetadata).body();
        ObjectNode known = (ObjectNode) TestClient.parse(client);
        known.withObjectProperty("attributes").put("saml.client.signature", "true"); // “Client signature required”
        known.putArray("protocolMappers")
                .add(TestClient.parse("""
                        {"name": "groups", "protocol": "saml", "protocolMapper": "saml-group-membership-mapper",
                         "config": {"attribute.name": "groups", "attribute.nameformat": "Basic", "single": "true",
                                    "full.path": "false"}}"""))
                .add(TestClient.parse("""
                        {"name": "email", "protocol": "saml", "protocolMapper": "saml-user-property-mapper",
                         "config": {"user.attribute": "email", "attribute.name": "email",
                                    "attribute.nameformat": "Basic"}}"""))
                .add(TestClient.parse("""
                        {"name": "username", "protocol": "saml", "protocolMapper": "saml-user-property-mapper",
                         "config": {"user.attribute": "username", "attribute.name": "username",
                                    "attribute.nameformat": "Basic"}}"""));
        admin("POST", "/clients", known.toString());
    }

    /// Returns its metadata as those of a provider that takes no redirects.
    public String samlMetadataOfForms() {
        return send(HttpRequest.newBuilder(URI.create(samlMetadata())))
                .body()
                .replaceAll("<md:SingleSignOnService[^>]*HTTP-Redirect[^>]*>(</md:SingleSignOnService>)?", "");
    }

    public String samlMetadata() {
        return issuer() + "/protocol/saml/descriptor";
    }

    public void switchOff(String username) {
        JsonNode user = user(username);
        ((ObjectNode) user).put("enabled", false);
        admin("PUT", "/users/" + user.path("id").asText(), user.toString());
    }

    public void changeEmail(String username, String email) {
        JsonNode user = user(username);
        ((ObjectNode) user).put("email", email).put("emailVerified", true);
        admin("PUT", "/users/" + user.path("id").asText(), user.toString());
    }

    public void join(String username, String group) {
        admin("PUT", membership(username, group), "");
    }

    public void leave(String username, String group) {
        admin("DELETE", membership(username, group), "");
    }

    private String membership(String username, String group) {
        return "/users/" + user(username).path("id").asText() + "/groups/" + group(group);
    }

    /// Ends all sessions of a person there.
    public void signOut(String username) {
        admin("POST", "/users/" + user(username).path("id").asText() + "/logout", "");
    }

    /// Has the provider tell this address when somebody is signed out (back-channel logout).
    public void tellOfSignOuts(String address) {
        JsonNode client = TestClient.parse(
                        admin("GET", "/clients?clientId=" + CLIENT, "").body())
                .get(0);
        ((ObjectNode) client.path("attributes"))
                .put("backchannel.logout.url", address)
                .put("backchannel.logout.session.required", "true");
        admin("PUT", "/clients/" + client.path("id").asText(), client.toString());
    }

    private String group(String name) {
        return TestClient.parse(
                        admin("GET", "/groups?exact=true&search=" + name, "").body())
                .get(0)
                .path("id")
                .asText();
    }

    /// Adds a key that signs from now on.
    public void rotateKey() {
        admin("POST", "/components", """
                {"name": "newer", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
                 "config": {"priority": ["200"], "enabled": ["true"], "active": ["true"], "algorithm": ["RS256"],
                            "keySize": ["2048"]}}""");
    }

    private void stop() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
