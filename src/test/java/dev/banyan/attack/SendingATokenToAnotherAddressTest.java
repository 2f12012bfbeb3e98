package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.platform.secrets.SealedSecrets;
import dev.banyan.platform.secrets.SentSecret;
import dev.banyan.platform.secrets.SentSecrets;
import dev.banyan.schema.DefaultSchema;
import dev.banyan.workspaces.ChatRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Somebody who may change an address, but doesn't know the secret that is stored with it, has it sent to a server of
/// their own: by changing the address, by testing another one, and by changing the row itself. Each kind of stored
/// secret has a row here; a new column, a new kind or a new caller of `SealedSecrets` without one fails.
@QuarkusTest
class SendingATokenToAnotherAddressTest {

    private static final String SECRET = "the-secret-of-the-first-server";

    /// What of the database is secret, and where it is sent. Hashes are not sent.
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("account_sso.secret", "ACCOUNT_SSO"),
            Map.entry("account_sso_attempts.secrets", "of one sign-in, for ten minutes, and for its provider only"),
            Map.entry("account_sso_sessions.renewal", "ACCOUNT_SESSION"),
            Map.entry("assistants.sealed_key", "ASSISTANT"),
            Map.entry("backup_plan.sealed_secret", "BACKUP_BUCKET"),
            Map.entry("passkeys.credential_id", "public"),
            Map.entry("proxies.sealed_password", "PROXY"),
            Map.entry("saml_keys.sealed_key", "signs, and is never sent"),
            Map.entry("second_factors.totp_secret", "never sent"),
            Map.entry("second_factors.waiting_secret", "never sent"),
            Map.entry("webhook_endpoints.old_secret", "signs, and is never sent"),
            Map.entry("webhook_endpoints.secret", "signs, and is never sent"),
            Map.entry("whatsapp_connections.sealed_credentials", "CONNECTION"),
            Map.entry("workspace_mail_servers.sealed_password", "MAIL_SERVER"),
            Map.entry("server_mail.sealed_password", "MAIL_SERVER"),
            Map.entry("workspace_sso.secret", "WORKSPACE_SSO"),
            Map.entry("workspace_sso_attempts.secrets", "of one sign-in, for ten minutes, and for its provider only"),
            Map.entry("workspace_sso_sessions.id_token", "WORKSPACE_SESSION"),
            Map.entry("workspace_sso_sessions.renewal", "WORKSPACE_SESSION"));

    /// Who may seal without an origin: what is never sent to another server.
    private static final Set<String> UNSENT = Set.of(
            "ApprovalLinks",
            "Boot",
            "DeliveryWorker",
            "Devices",
            "Endpoints",
            "FactorCodes",
            "Idempotency",
            "MemberSessions",
            "PasskeyChallenges",
            "PasswordResets",
            "ProviderSignIn",
            "SamlKeys",
            "SealedSecrets",
            "SecondFactors",
            "SecretsBefore",
            "SecretsCheck",
            "SentSecrets",
            "SetupLink",
            "SetupLinkCommand",
            "ShortLinkPasswords",
            "TypedSecrets", // back to the one who typed it, who may type it again for any address
            "UnlockPasses",
            "WorkspaceUserNetworks");

    /// @param enter stores the secret for the first server
    /// @param elsewhere ways to name the second one without the secret
    /// @param field which the refusal names
    /// @param edit changes the row itself
    /// @param use has the server use the secret
    private record Attempt(
            Supplier<Answer> enter,
            List<Supplier<Answer>> elsewhere,
            String field,
            Runnable edit,
            Supplier<Answer> use) {}

    /// A server that remembers everything that it hears.
    private static final class Ear implements AutoCloseable {

        private final HttpServer server;
        private final Queue<String> heard = new ConcurrentLinkedQueue<>();

        Ear() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            server.createContext("/", exchange -> {
                heard.add(exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().entrySet() + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(404, -1);
                exchange.close();
            });
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        String url() {
            return "http://127.0.0.1:" + port();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Inject
    ChatRooms rooms;

    @Inject
    SentSecrets secrets;

    @Inject
    MeterRegistry registry;

    private final Ear first = new Ear();
    private final Ear second = new Ear();

    private TestWorld world;
    private TestWorld.Person owner;
    private TestClient client;
    private Workspace workspace;
    private String api;

    @BeforeEach
    void anAgencyWithAWorkspace() {
        world = rooms.world();
        owner = world.agency("sending");
        world.confirm(owner);
        client = TestClient.of(owner);
        workspace = rooms.workspace(world.context(owner), "Counter");
        api = "/api" + WorkspacePaths.workspace(workspace.project(), workspace.id());
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
        world.removeConnections();
        world.sql("DELETE FROM backup_results");
        world.sql("DELETE FROM backup_plan");
    }

    private double refused(SentSecret kind) {
        return registry.get("banyan.secrets.refused")
                .tag("kind", kind.key())
                .counter()
                .count();
    }

    @Test
    void noKindOfSecretGoesToAnotherServer() {
        for (SentSecret kind : SentSecret.values()) {
            sealedForOneIsClosedForTheOther(kind);
            switch (kind) {
                case CONNECTION -> attack(kind, connection());
                case PROXY -> attack(kind, proxy());
                case ASSISTANT -> attack(kind, assistant());
                case MAIL_SERVER -> attack(kind, mailServer());
                case BACKUP_BUCKET -> attack(kind, backupBucket());
                case WORKSPACE_SSO -> attack(kind, directory(api + "/sso", "workspace_sso"));
                case ACCOUNT_SSO -> attack(kind, directory("/api/admin/sso", "account_sso"));
                case WORKSPACE_SESSION, ACCOUNT_SESSION -> {} // nobody enters them; their provider is replaced above
            }
        }
    }

    private void sealedForOneIsClosedForTheOther(SentSecret kind) {
        double before = refused(kind);
        String sealed = secrets.seal(kind, SECRET, "mine", first.url());
        assertThat(secrets.open(kind, sealed, "mine", first.url())).contains(SECRET);
        assertThat(secrets.open(kind, sealed, "mine", second.url())).isEmpty();
        assertThat(secrets.open(kind, sealed, "another's", first.url())).isEmpty();
        assertThat(refused(kind)).as(kind.key()).isEqualTo(before + 2);
    }

    private void attack(SentSecret kind, Attempt attempt) {
        Answer entered = attempt.enter().get();
        assertThat(entered.status()).as("%s: %s", kind, entered).isIn(200, 201, 303);
        for (Supplier<Answer> way : attempt.elsewhere()) {
            Answer answer = way.get();
            assertThat(answer.status()).as("%s: %s", kind, answer).isIn(400, 422);
            assertThat(answer.text()).as(kind.key()).contains(attempt.field(), "entered for");
        }
        double before = refused(kind);
        attempt.edit().run();
        Answer used = attempt.use().get();
        assertThat(refused(kind)).as("%s: %s", kind, used).isGreaterThan(before);
        assertThat(String.join("\n", second.heard)).as(kind.key()).doesNotContain(SECRET);
        assertThat(String.join("\n", first.heard)).as(kind.key()).doesNotContain(SECRET);
    }

    private Attempt connection() {
        String[] id = {""};
        String path = "/api/whatsapp/connections";
        return new Attempt(
                () -> {
                    Answer added = client.post(
                            path,
                            Map.of(
                                    "name",
                                    "Ours",
                                    "driver",
                                    "waha",
                                    "url",
                                    first.url(),
                                    "credentials",
                                    Map.of("apiKey", SECRET)));
                    id[0] = added.json().at("/data/id").asText();
                    return added;
                },
                List.of(
                        () -> client.put(path + "/" + id[0], Map.of("url", second.url())),
                        () -> client.put(
                                path + "/" + id[0], Map.of("url", first.url().replace("http:", "https:"))),
                        () -> client.put(
                                path + "/" + id[0], Map.of("url", second.url(), "credentials", Map.of("apiKey", "")))),
                "apiKey",
                () -> world.sql("UPDATE whatsapp_connections SET url = ? WHERE id = ?", second.url(), id[0]),
                () -> client.post(path + "/" + id[0] + "/check", Map.of()));
    }

    private Attempt proxy() {
        String[] id = {""};
        String path = "/api/whatsapp/proxies";
        return new Attempt(
                () -> {
                    Answer added = client.post(
                            path,
                            Map.of(
                                    "name",
                                    "Ours",
                                    "kind",
                                    "https",
                                    "host",
                                    "127.0.0.1",
                                    "port",
                                    first.port(),
                                    "user",
                                    "u",
                                    "password",
                                    SECRET));
                    id[0] = added.json().at("/data/id").asText();
                    return added;
                },
                List.of(
                        () -> client.put(path + "/" + id[0], Map.of("port", second.port())),
                        () -> client.put(path + "/" + id[0], Map.of("kind", "http"))),
                "password",
                () -> world.sql("UPDATE proxies SET port = ? WHERE id = ?", second.port(), id[0]),
                () -> client.put(path + "/" + id[0], Map.of("name", "Renamed")));
    }

    private Attempt assistant() {
        String path = api + "/assistant";
        return new Attempt(
                () -> client.put(
                        path,
                        Map.of("kind", "openai", "endpoint", first.url() + "/v1", "model", "m", "apiKey", SECRET)),
                List.of(
                        () -> client.put(path, Map.of("endpoint", second.url() + "/v1")),
                        () -> client.post(
                                path + "/try",
                                Map.of("message", "Hi", "assistant", Map.of("endpoint", second.url() + "/v1")))),
                "apiKey",
                () -> world.sql(
                        "UPDATE assistants SET endpoint = ? WHERE sub_client_id = ?",
                        second.url() + "/v1",
                        workspace.id().value()),
                () -> client.post(path + "/try", Map.of("message", "Hi")));
    }

    private Attempt mailServer() {
        String path = api + "/mail";
        Function<Map<String, Object>, Map<String, Object>> wish = more -> {
            var all = new HashMap<String, Object>(Map.of(
                    "host", "127.0.0.1",
                    "port", first.port(),
                    "security", "tls",
                    "user", "u",
                    "from", "shop@shop.example",
                    "fromName", "Shop"));
            all.putAll(more);
            return all;
        };
        return new Attempt(
                () -> client.put(path, wish.apply(Map.of("password", SECRET))),
                List.of(
                        () -> client.put(path, wish.apply(Map.of("port", second.port()))),
                        () -> client.put(path, wish.apply(Map.of("host", "localhost"))),
                        () -> client.put(path, wish.apply(Map.of("security", "starttls"))),
                        () -> client.post(path + "/test", wish.apply(Map.of("port", second.port())))),
                "password",
                () -> world.sql(
                        "UPDATE workspace_mail_servers SET port = ? WHERE sub_client_id = ?",
                        second.port(),
                        workspace.id().value()),
                () -> client.post(path + "/test", Map.of()));
    }

    private Attempt backupBucket() {
        String path = "/operator/backups";
        TestClient operator = TestClient.withSession(world.operatorToken());
        Function<Map<String, String>, Map<String, String>> wish = more -> {
            var all = new HashMap<>(Map.of(
                    "every", "day",
                    "at", "03:30",
                    "keep", "1",
                    "place", "bucket",
                    "endpoint", first.url(),
                    "bucket", "ours",
                    "accessKey", "k"));
            all.putAll(more);
            return all;
        };
        return new Attempt(
                () -> operator.form(path, wish.apply(Map.of("secret", SECRET))),
                List.of(
                        () -> operator.form(path, wish.apply(Map.of("endpoint", second.url()))),
                        () -> operator.form(
                                path, wish.apply(Map.of("endpoint", first.url().replace("http:", "https:")))),
                        () -> operator.form(path, wish.apply(Map.of("accessKey", "another")))),
                "secret",
                () -> world.sql("UPDATE backup_plan SET endpoint = ?", second.url()),
                () -> {
                    operator.form(path + "/run", Map.of());
                    return Eventually.until(
                            () -> operator.get(path), answer -> answer.text().contains("Failed"));
                });
    }

    private Attempt directory(String path, String table) {
        String domain = owner.username().replaceAll("[^a-z0-9]", "-") + ".example";
        world.sql(
                "INSERT INTO domains (id, tenant_id, account_id, host, serving_host, state, due_at, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, 'active', 9007199254740991, 1) ON CONFLICT DO NOTHING",
                UUID.randomUUID().toString(),
                owner.account().toString(),
                owner.account().toString(),
                domain,
                domain);
        Function<Map<String, Object>, Map<String, Object>> wish = more -> {
            var all = new HashMap<String, Object>(Map.of(
                    "kind", "ldap",
                    "host", "127.0.0.1",
                    "port", first.port(),
                    "tls", "ldaps",
                    "bindDn", "cn=search",
                    "baseDn", "dc=people",
                    "roles", Map.of("staff", table.startsWith("account") ? "manager" : "agent")));
            if (table.startsWith("account")) {
                all.put("emailDomains", List.of(domain));
            }
            all.putAll(more);
            return all;
        };
        return new Attempt(
                () -> client.put(path, wish.apply(Map.of("bindPassword", SECRET))),
                List.of(
                        () -> client.put(path, wish.apply(Map.of("port", second.port()))),
                        () -> client.put(path, wish.apply(Map.of("host", "localhost"))),
                        () -> client.put(path, wish.apply(Map.of("tls", "starttls"))),
                        () -> client.post(path + "/test", wish.apply(Map.of("port", second.port())))),
                "bindPassword",
                () -> world.sql(
                        "UPDATE " + table + " SET settings = replace(settings, ?, ?) WHERE tenant_id = ?",
                        String.valueOf(first.port()),
                        String.valueOf(second.port()),
                        owner.account().toString()),
                () -> client.post(path + "/test", Map.of()));
    }

    @Test
    void anotherIssuerAsksForTheSecretAgain() {
        Function<String, Map<String, Object>> wish = issuer -> new HashMap<>(
                Map.of("kind", "oidc", "issuer", issuer, "clientId", "banyan", "roles", Map.of("staff", "agent")));
        Map<String, Object> whole = wish.apply(first.url());
        whole.put("clientSecret", SECRET);
        assertThat(client.put(api + "/sso", whole).status()).isEqualTo(200);
        for (String way : List.of("/sso", "/sso/test")) {
            Map<String, Object> other = wish.apply(second.url());
            Answer answer = way.endsWith("test") ? client.post(api + way, other) : client.put(api + way, other);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.text()).contains("clientSecret", "entered for " + first.url());
        }
    }

    @Test
    void aGatewaysWebhookSecretDoesNotFollowItsAddress() {
        Attempt attempt = connection();
        Answer added = attempt.enter().get();
        String path = "/api/whatsapp/connections/" + added.json().at("/data/id").asText();
        String before = sealed(added);
        assertThat(client.put(path, Map.of("webhook", Map.of("url", "https://elsewhere.example")))
                        .status())
                .isEqualTo(200);
        assertThat(sealed(added)).as("the webhook's secret was made anew").isNotEqualTo(before);
    }

    private String sealed(Answer added) {
        return world.select(
                        "SELECT sealed_credentials FROM whatsapp_connections WHERE id = ?",
                        added.json().at("/data/id").asText())
                .getFirst();
    }

    @Test
    void everySecretColumnSaysWhereItIsSent() {
        var found = DefaultSchema.DEFAULT_SCHEMA.getTables().stream()
                .flatMap(table -> Stream.of(table.fields())
                        .map(field -> table.getName() + "." + field.getName())
                        .filter(name -> name.matches(".*\\..*(secret|sealed|password|renewal|id_token|credential).*")
                                && !name.matches(".*_hash|.*_at|.*\\.is_.*")))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).isEqualTo(new TreeSet<>(COLUMNS.keySet()));
        for (SentSecret kind : SentSecret.values()) {
            assertThat(COLUMNS.values()).contains(kind.name());
        }
    }

    @Test
    void whatSealsWithoutAnOriginIsNeverSent() throws IOException {
        String name = SealedSecrets.class.getSimpleName();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            var users = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> mentions(file, name))
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(users).isEqualTo(new TreeSet<>(UNSENT));
        }
    }

    private static boolean mentions(Path file, String name) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.strip().startsWith("///"))
                    .anyMatch(line -> line.contains(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
