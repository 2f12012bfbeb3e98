package dev.banyan.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.platform.AccountId;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recent reads with two real servers, one of which streams from the other.
class ReplicaTest {

    @SuppressWarnings("NullAway.Init")
    private static TwoPostgresServers servers;

    private final AtomicLong nanos = new AtomicLong();
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, SQLException {
        servers = new TwoPostgresServers(folder);
        servers.execute("CREATE TABLE words (word VARCHAR(9))");
    }

    @AfterAll
    static void stop() throws IOException {
        servers.close();
    }

    @AfterEach
    void close() throws Exception {
        OwnWrites.bind(Optional.empty());
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
        servers.resume();
        servers.execute("DELETE FROM words");
    }

    @Test
    void whatAReaderWroteItselfIsThereAndTheRestASecondLater() {
        ReplicatedDatabase database = replicated(servers.replicaUrl());
        var writer = new OwnWrites();
        var other = new OwnWrites();
        servers.pause();

        OwnWrites.bind(Optional.of(writer));
        database.act(tx -> tx.sql().execute("INSERT INTO words VALUES ('new')"));
        assertThat(words(database)).isEqualTo(1);
        OwnWrites.bind(Optional.empty());
        assertThat(words(database)).as("for no one in particular").isEqualTo(1);
        OwnWrites.bind(Optional.of(other));
        assertThat(words(database)).isZero();

        servers.resume();
        Eventually.holds(() -> words(database) == 1);
        OwnWrites.bind(Optional.of(writer));
        Eventually.holds(() -> isFromReplica(database));
        assertThat(words(database)).isEqualTo(1);
    }

    @Test
    void aReplicaThatIsFarBehindIsLeftUntilItHasCaughtUp() {
        ReplicatedDatabase database = replicated(servers.replicaUrl());
        OwnWrites.bind(Optional.of(new OwnWrites()));
        servers.pause();
        servers.execute("INSERT INTO words VALUES ('new')");
        assertThat(words(database)).isZero();

        nanos.addAndGet(ReplicaLag.MOST.toNanos() + 1);
        database.look();
        assertThat(words(database)).isEqualTo(1);
        assertThat(isFromReplica(database)).isFalse();

        servers.resume();
        awaitRead(database);
        assertThat(isFromReplica(database)).isTrue();
    }

    @Test
    void aReplicaThatBreaksInAQueryIsLeftForThePrimary() {
        ReplicatedDatabase database = replicated(servers.replicaUrl());
        OwnWrites.bind(Optional.of(new OwnWrites()));
        var asked = new ArrayList<Boolean>();

        boolean answer = database.readRecent(tx -> {
            asked.add(recovers(tx));
            if (asked.size() == 1) {
                servers.endConnectionsToReplica();
            }
            return recovers(tx);
        });

        assertThat(answer).isFalse();
        assertThat(asked).containsExactly(true, false);
        assertThat(database.isReplicaRead()).isFalse();
        awaitRead(database);
        assertThat(isFromReplica(database)).isTrue();
    }

    @Test
    void onlyAReplicaOfTheDatabaseIsRead() {
        assertThat(ReplicaHealth.of(view(servers.primaryUrl()), view(servers.primaryUrl())))
                .isEqualTo(ReplicaHealth.FOLLOWS_NONE);
        assertThat(ReplicaHealth.of(
                        view(servers.primaryUrl()), view(servers.replicaUrl().replaceFirst("/app$", "/postgres"))))
                .isEqualTo(ReplicaHealth.FOLLOWS_ANOTHER);
        assertThat(ReplicaHealth.of(view(servers.primaryUrl()), view(servers.replicaUrl())))
                .isEqualTo(ReplicaHealth.FOLLOWS);

        ReplicatedDatabase itself = opened(servers.primaryUrl());
        itself.look();
        assertThat(itself.isReplicaRead()).isFalse();
    }

    /// By what the writer, a program that wrote nothing, and that program with a browser's cookie get while the replica
    /// stands still.
    @Test
    void aServerReadsFromItAndGoesOnWithoutIt(@TempDir Path data) throws IOException {
        try (Database database = PostgresDatabase.patient(servers.primaryUrl(), 2, true)) {
            TestDatabases.own(database);
        }
        try (var proxy = new StallingProxy(servers.replicaUrl());
                var server = ServerProcess.start(
                        Map.of(
                                "BANYAN_DATABASE_URL",
                                servers.primaryUrl(),
                                "BANYAN_DATABASE_READ_URL",
                                proxy.url(),
                                "BANYAN_DEFAULT_PLAN",
                                "unlimited",
                                "BANYAN_RATE_LIMITS",
                                "off"),
                        "serve",
                        "--port=0",
                        "--data",
                        data.toString())) {
            var anyone = TestClient.at(server.awaitReady());
            String session = anyone.post(
                            "/api/register",
                            Map.of("email", "a@example.com", "username", "acme", "password", "correct horse battery"))
                    .sessionToken();
            TestClient owner = anyone.with("Cookie", "banyan_session=" + session);
            servers.execute("UPDATE identities SET email_confirmed_at = 1");
            TestClient program = anyone.with("Authorization", "Bearer " + key(owner));
            awaitReplica(anyone, true);

            // On a machine that takes more than five seconds for it, the replica is too far behind: once more then.
            var pages = new ArrayList<Page>();
            Eventually.holds(() -> {
                servers.pause();
                try {
                    pages.add(Page.made("page" + pages.size(), owner));
                    return pages.getLast().isSeenByItsMakerOnly(program);
                } finally {
                    servers.resume();
                }
            });
            Page last = pages.getLast();
            Eventually.holds(() -> last.seenBy(program, "/v1/").equals(Page.EVERYWHERE));

            proxy.refuses();
            assertThat(last.seenBy(program, "/v1/")).isEqualTo(Page.EVERYWHERE);
            awaitReplica(anyone, false);
            assertThat(last.seenBy(program, "/v1/")).isEqualTo(Page.EVERYWHERE);
            assertThat(doctor(settings(proxy), data))
                    .contains("⚠️ The replica can't be read: ", "; check BANYAN_DATABASE_READ_URL; ");
            proxy.passes();
            awaitReplica(anyone, true);
        }
    }

    private static Map<String, String> settings(StallingProxy proxy) {
        return Map.of(
                "BANYAN_DATABASE_URL",
                servers.primaryUrl(),
                "BANYAN_DATABASE_READ_URL",
                proxy.url(),
                "BANYAN_DEFAULT_PLAN",
                "unlimited",
                "BANYAN_RATE_LIMITS",
                "off");
    }

    private static String doctor(Map<String, String> settings, Path data) {
        try (var doctor = ServerProcess.start(settings, "doctor", "--data", data.toString())) {
            doctor.awaitExit();
            return doctor.out();
        }
    }

    private static void awaitReplica(TestClient anyone, boolean read) {
        Eventually.until(
                () -> anyone.get("/metrics").text(),
                metrics -> metrics.contains("banyan_database_replica_read " + (read ? "1.0" : "0.0")));
    }

    private static String key(TestClient owner) {
        Answer made = owner.post(
                "/api/admin/apikeyscreate",
                Map.of("name", "P", "permissions", List.of("read:users", "read:analytics", "read:pages")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json().at("/key/key").asText();
    }

    /// A page that is made while the replica stands still.
    private record Page(String slug, String id, TestClient owner, String cookie) {

        static final Set<String> EVERYWHERE = Set.of("audit", "analytics", "search");

        private static Page made(String slug, TestClient owner) {
            Answer made = owner.post("/api/admin/CreatePage", Map.of("slug", slug, "name", slug));
            String cookie = made.headers().allValues("Set-Cookie").stream()
                    .filter(header -> header.startsWith("banyan_written="))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(made.headers()));
            return new Page(slug, made.json().at("/page/id").asText(), owner, cookie.replaceFirst(";.*", ""));
        }

        /// Returns whether a program reads the old state, on a machine that is fast enough.
        boolean isSeenByItsMakerOnly(TestClient program) {
            assertThat(seenBy(owner, "/api/admin/")).isEqualTo(EVERYWHERE);
            if (!seenBy(program, "/v1/").isEmpty()) {
                return false;
            }
            assertThat(seenBy(program.with("Cookie", cookie), "/v1/")).isEqualTo(EVERYWHERE);
            return true;
        }

        Set<String> seenBy(TestClient reader, String api) {
            var seen = new HashSet<String>();
            if (text(reader, api + "audit").contains(slug)) {
                seen.add("audit");
            }
            if (reader.get(api + "GetAnalytics?pageId=" + id).status() == 200) {
                seen.add("analytics");
            }
            if (text(reader, api + "search?q=" + slug).contains(slug)) {
                seen.add("search");
            }
            return seen;
        }

        private static String text(TestClient reader, String path) {
            Answer answer = reader.get(path);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            return answer.text();
        }
    }

    private ReplicatedDatabase replicated(String url) {
        ReplicatedDatabase database = opened(url);
        awaitRead(database);
        return database;
    }

    private ReplicatedDatabase opened(String url) {
        PostgresDatabase primary = PostgresDatabase.patient(servers.primaryUrl(), 2, true);
        var database = new ReplicatedDatabase(primary, primary, PostgresDatabase.replica(withUser(url), 2), nanos::get);
        open.add(database);
        return database;
    }

    private static String withUser(String url) {
        return url.contains("?") ? url : url + "?user=banyan";
    }

    private static DatabaseView view(String url) {
        return new DatabaseView(DatabasePlace.of(Optional.of(withUser(url)), Path.of("none")));
    }

    private static void awaitRead(ReplicatedDatabase database) {
        Eventually.holds(() -> {
            database.look();
            return database.isReplicaRead();
        });
    }

    private static int words(Database database) {
        return database.readRecent(
                tx -> tx.sql().fetchSingle("SELECT count(*) FROM words").get(0, Integer.class));
    }

    private static boolean isFromReplica(Database database) {
        return database.readRecent(AccountId.SERVER, ReplicaTest::recovers);
    }

    private static boolean recovers(Tx tx) {
        return tx.sql().fetchSingle("SELECT pg_is_in_recovery()").get(0, Boolean.class);
    }
}
