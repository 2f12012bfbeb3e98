package dev.banyan.processes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.Eventually;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.platform.db.DatabaseHealth;
import dev.banyan.platform.db.TestDatabases;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What earlier versions wrote is opened by this one, and is still there: folders as they were left, and backups
/// restored into both databases. Each folder below `upgrade` is from one version and is never changed.
class UpgradeTest {

    private static final Path VERSIONS = Path.of("src/test/resources/upgrade");
    /// The address that the servers had when they answered.
    private static final String OLD_ADDRESS = "http://127.0.0.1:18155";
    /// What is different at each start or each time that it is asked, or says what the program offers.
    private static final Set<String> NO_DATA = Set.of(
            "healthy", "lastProofAt", "stateChangedAt", "updatedAt", "usage", "lastUsedAt", "availablePermissions");

    private static final Pattern LINK = Pattern.compile("/go/[0-9a-f-]{36}");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path data;

    /// @param made what it was written on, which has what it answered
    private record Old(Path version, String made) {

        Path file(String name) {
            return version.resolve(made).resolve(name);
        }

        JsonNode answers() throws IOException {
            return TestClient.JSON.readTree(file("answers.json").toFile());
        }
    }

    private static Stream<Old> all(String file) throws IOException {
        var found = new ArrayList<Old>();
        try (var versions = Files.newDirectoryStream(VERSIONS)) {
            for (Path version : versions) {
                for (String made : List.of("sqlite", "postgresql")) {
                    found.add(new Old(version, made));
                }
            }
        }
        assertThat(found).isNotEmpty();
        return found.stream().filter(old -> Files.exists(old.file(file)));
    }

    static Stream<Arguments> folders() throws IOException {
        return all("folder.zip").map(old -> argumentSet(old.version() + " " + old.made(), old));
    }

    static Stream<Arguments> backups() throws IOException {
        return all("backup.zip")
                .flatMap(old -> Stream.of(TestDatabases.values())
                        .map(into -> argumentSet(old.version() + " " + old.made() + " into " + into, old, into)));
    }

    @ParameterizedTest(name = "{argumentSetName}")
    @MethodSource("folders")
    void aFolderIsOpened(Old old) throws Exception {
        unzip(old.file("folder.zip"));
        Path saved = data.resolve("backups/before-" + DatabaseHealth.newestVersion() + ".zip");

        walk(old, Map.of(), server -> assertThat(server.out()).contains("To go back, restore " + saved));

        try (var archive = FileSystems.newFileSystem(saved)) {
            JsonNode manifest = TestClient.parse(Files.readString(archive.getPath("manifest.json")));
            assertThat(manifest.path("schemaVersion").asText())
                    .isEqualTo(old.version().getFileName().toString());
        }
    }

    @ParameterizedTest(name = "{argumentSetName}")
    @MethodSource("backups")
    void aBackupIsRestored(Old old, TestDatabases into) throws Exception {
        Files.copy(old.file("credentials.key"), data.resolve("credentials.key"));
        Map<String, String> environment =
                into == TestDatabases.SQLITE ? Map.of() : Map.of("BANYAN_DATABASE_URL", TestDatabases.newPostgresUrl());
        try (var restore = ServerProcess.start(
                environment,
                "restore",
                old.file("backup.zip").toAbsolutePath().toString(),
                "--data",
                data.toString())) {
            assertThat(restore.awaitExit()).as(restore.err()).isZero();
        }

        walk(old, environment, _ -> {});
    }

    @FunctionalInterface
    private interface Look {
        void at(ServerProcess server);
    }

    private void walk(Old old, Map<String, String> database, Look look) throws Exception {
        var environment = new HashMap<>(database);
        environment.putAll(
                Map.of("BANYAN_RATE_LIMITS", "off", "BANYAN_OUTBOUND_ALLOW", "127.0.0.1", "BANYAN_DNS", "127.0.0.1:9"));
        JsonNode was = old.answers();
        try (var server = ServerProcess.start(environment, "serve", "--port=0", "--data", data.toString())) {
            URI address = server.awaitReady();
            TestClient anonymous = TestClient.at(address);
            look.at(server);
            Map<String, TestClient> people = signIn(anonymous, was);
            var lost = new ArrayList<String>();
            for (JsonNode one : was.path("answers")) {
                Answer now = requireNonNull(people.get(one.path("as").asText()))
                        .get(one.path("path").asText());
                assertThat(now.status()).as(one.path("path") + ": " + now).isEqualTo(200);
                compare(
                        one.path("path").asText(),
                        one.path("answer"),
                        TestClient.parse(now.text().replace(address.toString(), OLD_ADDRESS)),
                        lost);
            }
            assertThat(lost).as("what was answered before").isEmpty();
            assertPublicPages(anonymous, was);
            assertThat(requireNonNull(people.get("omar"))
                            .get(was.path("attachment").asText())
                            .text())
                    .isEqualTo("Fridays from eight");
            assertThat(with(anonymous, was.path("key")).get("/v1/GetLinks").status())
                    .as("the API key is known")
                    .isNotEqualTo(401);
            assertThat(with(anonymous, was.path("webhookSecret"))
                            .get("/v1/GetLinks")
                            .status())
                    .as("another one is not")
                    .isEqualTo(401);
            TestClient owner = requireNonNull(people.get("owner@people.example"));
            assertSends(owner);
            assertWebhooksAreSigned(owner, was);
        }
    }

    private static void assertPublicPages(TestClient anonymous, JsonNode was) {
        String page = anonymous.get(was.path("page").asText()).text();
        assertThat(page).contains("Order bread", "Opening hours");
        List<String> links = LINK.matcher(page)
                .results()
                .map(link -> anonymous.get(link.group()).location())
                .toList();
        assertThat(links).containsExactly("https://north.example/bread", "https://north.example/hours");
        assertThat(anonymous.get(was.path("shortLink").asText()).location()).isEqualTo("https://palm.example/spring");
    }

    /// Signs people in with their passwords, as their sessions may have ended.
    private static Map<String, TestClient> signIn(TestClient anonymous, JsonNode was) {
        String password = was.path("password").asText();
        String room = was.path("shortPath").asText();
        var people = new HashMap<String, TestClient>();
        Answer owner = anonymous.post("/api/login", Map.of("email", "owner@people.example", "password", password));
        people.put("owner@people.example", with(anonymous, owner.json().at("/data/session/token")));
        for (String name : List.of("amira", "omar")) {
            Answer guest = anonymous.post(
                    "/api/sub-client/login", Map.of("shortPath", room, "usernameOrEmail", name, "password", password));
            people.put(name, with(anonymous, guest.json().findValue("token")));
        }
        return people;
    }

    private static TestClient with(TestClient anonymous, JsonNode token) {
        return anonymous.with("Authorization", "Bearer " + token.asText());
    }

    /// Adds to `lost` what was answered and isn't answered now; there may be more now.
    private static void compare(String where, JsonNode was, JsonNode now, List<String> lost) {
        if (was.isObject()) {
            was.properties().stream()
                    .filter(field -> !NO_DATA.contains(field.getKey()) && !isStateOfNumber(where, field.getKey()))
                    .forEach(field ->
                            compare(where + " " + field.getKey(), field.getValue(), now.path(field.getKey()), lost));
        } else if (was.isArray()) {
            for (JsonNode item : was) {
                JsonNode same = StreamSupport.stream(now.spliterator(), false)
                        .filter(other -> identity(other).equals(identity(item)))
                        .findFirst()
                        .orElseGet(MissingNode::getInstance);
                compare(where, item, same, lost);
            }
        } else if (!now.equals(was)) {
            lost.add(where + ": " + was + ", now " + now);
        }
    }

    /// A number reconnects after each start; [#assertSends] tries it.
    private static boolean isStateOfNumber(String where, String field) {
        return where.contains(" senders") && field.equals("state");
    }

    /// Returns what tells an item of a list from the others.
    private static JsonNode identity(JsonNode item) {
        return Stream.of("id", "userId", "keyId")
                .map(item::path)
                .filter(JsonNode::isValueNode)
                .findFirst()
                .orElse(item);
    }

    /// Requires that the number is connected again and works.
    private static void assertSends(TestClient owner) {
        Answer ordered = owner.post(
                "/api/whatsapp/messages", Map.of("master", "desk", "to", "+971500000203", "text", "Still here"));
        String id = ordered.json().findValue("id").asText();
        Eventually.holds(() -> Set.of("sent", "delivered", "read")
                .contains(owner.get("/api/whatsapp/messages/" + id)
                        .json()
                        .at("/data/state")
                        .asText()));
    }

    /// Requires that the webhook is on, and that its secret can be opened: it signs as before the upgrade.
    private static void assertWebhooksAreSigned(TestClient owner, JsonNode was) throws Exception {
        BlockingQueue<Map<String, String>> received = new ArrayBlockingQueue<>(10);
        HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            var request = new HashMap<String, String>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> request.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            request.put("body", new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            received.add(request);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        try {
            JsonNode webhook =
                    owner.get("/api/admin/webhooks").json().path("webhooks").get(0);
            Answer moved = owner.put(
                    "/api/admin/webhooks/" + webhook.path("id").asText(),
                    Map.of(
                            "url",
                            "http://127.0.0.1:" + receiver.getAddress().getPort() + "/",
                            "events",
                            List.of("page.*")));
            assertThat(moved.status()).as(moved.toString()).isEqualTo(200);
            Answer page = owner.post("/api/admin/CreatePage", Map.of("slug", "after", "name", "After the upgrade"));
            assertThat(page.status()).as(page.toString()).isEqualTo(200);

            Map<String, String> request = received.poll(60, TimeUnit.SECONDS);
            assertThat(request).isNotNull();
            byte[] key = Base64.getDecoder()
                    .decode(was.path("webhookSecret").asText().substring("whsec_".length()));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] signed = mac.doFinal(
                    (request.get("webhook-id") + "." + request.get("webhook-timestamp") + "." + request.get("body"))
                            .getBytes(UTF_8));
            assertThat(request.get("webhook-signature"))
                    .contains("v1," + Base64.getEncoder().encodeToString(signed));
        } finally {
            receiver.stop(0);
        }
    }

    private void unzip(Path zip) throws IOException {
        try (var file = new ZipFile(zip.toFile())) {
            for (var entry : file.stream().toList()) {
                Path target = data.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(file.getInputStream(entry), target);
                }
            }
        }
    }
}
