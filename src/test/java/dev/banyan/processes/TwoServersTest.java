package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.ServerProcess;
import dev.banyan.SocketClient;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TimeLimit;
import dev.banyan.platform.db.TestDatabases;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Two servers on one PostgreSQL, with `BANYAN_CLUSTER=on`: what happens on one is known on the other.
@TestInstance(Lifecycle.PER_CLASS)
class TwoServersTest {

    /// Far below the five seconds after which a server looks for itself, and far above the few milliseconds that news
    /// takes on a quiet machine.
    private static final Duration SOON = Duration.ofSeconds(2);

    private static final String OTHER_KEY = "ZmVkY2JhWllYV1ZVVFNSUVBPTk1MS0pJSEdGRURDQkE=";
    private static final String PASSWORD = "correct horse battery";

    private final List<ServerProcess> servers = new ArrayList<>();
    private Optional<ClusterServers> cluster = Optional.empty();
    private Path folder = Path.of("");
    private TestClient onFirst = TestClient.anonymous();
    private TestClient onSecond = onFirst;
    private String page = "";

    @BeforeAll
    void start(@TempDir Path folder) {
        this.folder = folder;
        this.cluster = Optional.of(new ClusterServers(folder));
        ServerProcess first = server("first");
        ServerProcess second = server("second");
        onFirst = owner(first);
        onSecond = onFirst.on(second.awaitReady());
        done(onFirst.post("/api/admin/upgradeSubscription", Map.of("tier", "pro", "billingCycle", "annual")));
        page = done(onFirst.post("/api/admin/CreatePage", Map.of("slug", "start", "name", "Start")))
                .json()
                .at("/page/id")
                .asText();
    }

    @AfterAll
    void stop() {
        cluster().close();
    }

    private ClusterServers cluster() {
        return cluster.orElseThrow();
    }

    private ServerProcess server(String name) {
        var server = cluster().start(name);
        servers.add(server);
        return server;
    }

    private static TestClient owner(ServerProcess server) {
        return ClusterServers.owner(server, "keeper");
    }

    /// Returns a client without a session.
    private TestClient visitor(int server) {
        return TestClient.at(servers.get(server).awaitReady());
    }

    private static Answer done(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 201);
        return answer;
    }

    private static void soon(Supplier<String> seen, String expected) {
        long from = System.nanoTime();
        Eventually.until(seen, text -> text.contains(expected));
        TimeLimit.assertKept(SOON, Duration.ofNanos(System.nanoTime() - from));
    }

    @Test
    void aPageThatIsCachedOnOneShowsAtOnceWhatWasChangedOnTheOther() {
        TestClient visitor = visitor(1);
        assertThat(visitor.get("/keeper/start").text()).contains("keeper").doesNotContain("Autumn sale");

        done(onFirst.put(
                "/api/admin/UpdateLinks?pageId=" + page,
                Map.of(
                        "links",
                        List.of(Map.of("operation", "add", "title", "Autumn sale", "url", "https://shop.example/")))));

        soon(() -> visitor.get("/keeper/start").text(), "Autumn sale");
    }

    @Test
    void aShortLinkThatIsCachedOnOneLeadsAtOnceWhereItWasSentOnTheOther() {
        shortLinks(Map.of("operation", "add", "customSlug", "hot-one", "targetUrl", "https://a.example/"));
        String id = onFirst.get("/api/admin/getShortLinks")
                .json()
                .at("/shortLinks/0/id")
                .asText();
        TestClient visitor = visitor(1);
        assertThat(visitor.get("/l/hot-one").location()).isEqualTo("https://a.example/");

        shortLinks(Map.of("operation", "update", "slug", "hot-one", "targetUrl", "https://b.example/"));

        soon(() -> visitor.get("/l/hot-one").location(), "https://b.example/");
    }

    private void shortLinks(Map<String, String> change) {
        done(onFirst.put("/api/admin/updateShortLinks", Map.of("shortLinks", List.of(change))));
    }

    /// Also what a visitor has seen there before: a page under the former name, and none under the new one.
    @Test
    void anAccountThatIsRenamedOnOneIsFoundUnderBothNamesOnTheOther() {
        TestClient mover = ClusterServers.owner(servers.getFirst(), "mover");
        done(mover.post("/api/admin/CreatePage", Map.of("slug", "start", "name", "Start")));
        TestClient visitor = visitor(1);
        assertThat(visitor.get("/mover/start").status()).isEqualTo(200);
        assertThat(visitor.get("/moved/start").status()).isEqualTo(404);

        done(mover.put("/api/admin/UpdateUsername", Map.of("username", "moved")));

        soon(
                () -> {
                    Answer former = visitor.get("/mover/start");
                    return former.status() == 302 ? former.location() : "";
                },
                "/moved/start");
        soon(() -> visitor.get("/moved/start").text(), "moved");
        assertThat(visitor.post("/api/login", Map.of("emailOrUsername", "mover", "password", PASSWORD))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aWindowOnOneHearsWhatHappensOnTheOther() {
        try (SocketClient window =
                SocketClient.open(servers.get(1).awaitReady(), "/api/whatsapp/events", onSecond.bearer())) {
            assertThat(window.next()).isNotEmpty();
            String master = done(onFirst.post("/api/whatsapp/masters", Map.of("displayName", "Front desk")))
                    .json()
                    .at("/master/id")
                    .asText();

            assertThat(Eventually.until(window::next, text -> text.contains(master)))
                    .contains("sender");
        }
    }

    @Test
    void guessesAreCountedTogether() {
        for (int i = 0; i < 5; i++) {
            assertThat(guess(visitor(0))).isEqualTo(401);
            assertThat(guess(visitor(1))).isEqualTo(401);
        }

        Eventually.until(() -> guess(visitor(0)), status -> status == 429);
        assertThat(guess(visitor(1))).isEqualTo(429);
    }

    private static int guess(TestClient client) {
        return client.post("/api/login", Map.of("email", "owner@example.com", "password", "wrong horse"))
                .status();
    }

    @Test
    void aServerWithAnotherKeyMayNotJoin() {
        ServerProcess stranger = cluster().start("stranger", OTHER_KEY, cluster().database);

        assertThat(stranger.awaitExit()).isEqualTo(1);
        assertThat(stranger.err())
                .matches(
                        "banyan: This server seals secrets with another key than 127\\.0\\.0\\.1:\\d+, which runs on the"
                                + " same database; set BANYAN_CREDENTIALS_KEY to the same key on both\n");
    }

    @Test
    void aServerGoesOnWhileANextVersionHasAddedToTheTables() throws SQLException {
        sql("ALTER TABLE short_links ADD COLUMN of_next_version VARCHAR(10) DEFAULT 'x' NOT NULL");
        sql(
                "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by,"
                        + " execution_time, success) VALUES (9000, '9000', 'next', 'SQL', 'V9000__next.sql', 1, 'next', 1, true)");
        try {
            shortLinks(Map.of("operation", "add", "customSlug", "beside", "targetUrl", "https://b.example/"));
            assertThat(visitor(1).get("/l/beside").location()).isEqualTo("https://b.example/");
            assertThat(visitor(0).get("/readyz").status()).isEqualTo(200);

            ServerProcess tooOld = cluster().start("too-old");
            assertThat(tooOld.awaitExit()).isEqualTo(1);
            assertThat(tooOld.err())
                    .startsWith("banyan: The PostgreSQL database belongs to a newer version of Banyan (schema 9000)")
                    .hasLineCount(1);
        } finally {
            sql("DELETE FROM flyway_schema_history WHERE version = '9000'");
            sql("ALTER TABLE short_links DROP COLUMN of_next_version");
        }
    }

    private void sql(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(cluster().database);
                var open = connection.createStatement()) {
            open.execute(statement);
        }
    }

    @Test
    void everyMailIsSentOnceAndByTheOtherServerIfOneDies() {
        int people = 30;
        ServerProcess third = server("third");
        TestClient onThird = TestClient.at(third.awaitReady());
        for (int i = 0; i < people; i++) {
            register(i % 2 == 0 ? visitor(0) : onThird, "early" + i);
        }
        Eventually.until(() -> mails().size(), size -> size >= people + 1);
        assertThat(mails()).doesNotHaveDuplicates();

        third.kill();
        register(visitor(1), "late");

        Eventually.until(() -> mails().size(), size -> size >= people + 2);
        assertThat(mails()).doesNotHaveDuplicates();
    }

    @Test
    void onlyWhatADeadServerWasSendingBecomesUncertain() {
        String own = TestDatabases.ownedPostgresUrl();
        ServerProcess sender = cluster().start("sender", ClusterServers.KEY, own);
        TestClient onSender = owner(sender);
        String number = SimulatedNumber.linked(onSender, "keeper");
        String early = slowMessage(onSender, number);

        TestClient onLate =
                onSender.on(cluster().start("late", ClusterServers.KEY, own).awaitReady());

        assertThat(message(onLate, early).path("state").asText()).isNotEqualTo("uncertain");

        String last = slowMessage(onSender, number);
        sender.kill();

        JsonNode lost = Eventually.until(
                () -> message(onLate, last), seen -> seen.path("state").asText().equals("uncertain"));
        assertThat(lost.path("error").asText())
                .isEqualTo("The server stopped while this was being sent. It may have reached the contact.");
    }

    /// Sends a message that takes ten seconds, and waits until it is under way.
    private static String slowMessage(TestClient client, String number) {
        String contact = "+971500000299";
        client.form("/admin/pools/" + number + "/customers/mood", "as", "keeper", "phone", contact, "mood", "slow");
        String id = client.post("/api/whatsapp/messages", Map.of("master", number, "to", contact, "text", "On its way"))
                .json()
                .at("/data/id")
                .asText();
        Eventually.until(
                () -> message(client, id), seen -> seen.path("state").asText().equals("sending"));
        return id;
    }

    private static JsonNode message(TestClient client, String id) {
        return client.get("/api/whatsapp/messages/" + id).json().path("data");
    }

    private static void register(TestClient client, String name) {
        done(client.post(
                "/api/register", Map.of("email", name + "@example.com", "username", name, "password", PASSWORD)));
    }

    /// Returns the names of all mails that any server has sent; one that two have sent is there twice.
    private List<String> mails() {
        return Stream.of("first", "second", "third")
                .flatMap(name -> files(folder.resolve(name).resolve("outbox")).stream())
                .toList();
    }

    private static Set<String> files(Path outbox) {
        if (!Files.exists(outbox)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(outbox)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(HashSet::new));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
