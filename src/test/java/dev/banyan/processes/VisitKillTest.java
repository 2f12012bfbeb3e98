package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TimeLimit;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/// Kills the server during visits: visits answered more than a second before the kill are counted afterwards. A clean
/// stop counts all of them. A click limit holds after a kill, because a claimed click is on disk before the response.
class VisitKillTest {

    private static final int VISITORS_AT_ONCE = 2;
    private static final Duration LOAD = Duration.ofSeconds(4);
    private static final Duration SOON = Duration.ofMillis(2_500);
    private static final int ROUNDS = 3;
    private static final Duration MAY_BE_LOST = Duration.ofSeconds(1);
    private static final int LIMIT = 400;
    private static final String PERSON =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

    /// Kinds of visits, and their counters.
    private enum Kind {
        VIEW("SELECT sum(views) FROM visit_accounts"),
        CLICK("SELECT sum(clicks) FROM visit_accounts"),
        REDIRECT("SELECT clicks FROM short_links WHERE slug = 'hot-one'"),
        LIMITED("SELECT clicks FROM short_links WHERE slug = 'few-only'");

        private final String counter;

        Kind(String counter) {
            this.counter = counter;
        }
    }

    private record Answered(Kind kind, long atNanos) {}

    private record Load(List<Answered> answers, long killedAt) {

        long of(Kind kind) {
            return answers.stream().filter(one -> one.kind() == kind).count();
        }

        long ofLast(Duration time, Kind... kinds) {
            return answers.stream()
                    .filter(one -> List.of(kinds).contains(one.kind()) && killedAt - one.atNanos() <= time.toNanos())
                    .count();
        }
    }

    private String page = "";
    private String link = "";

    @Test
    void aKillLosesTheLastSecondAtMostAndAStopNothing(@TempDir Path data) throws Exception {
        Load killed;
        try (var server = serve(data)) {
            URI uri = server.awaitReady();
            prepare(TestClient.at(uri));
            killed = visitUntil(uri, LOAD, server::kill);
        }
        for (Kind kind : List.of(Kind.VIEW, Kind.CLICK, Kind.REDIRECT)) {
            assertNoneIsLost(kind, counted(data, kind), killed, kind);
        }
        assertNoneIsLost("redirects of the analytics", redirectsOfAnalytics(data), killed, Kind.REDIRECT, Kind.LIMITED);
        assertThat(counted(data, Kind.LIMITED))
                .as("claimed before the answer")
                .isBetween(killed.of(Kind.LIMITED), killed.of(Kind.LIMITED) + VISITORS_AT_ONCE);
        long limited = killed.of(Kind.LIMITED);

        var before = List.of(counted(data, Kind.VIEW), counted(data, Kind.CLICK), counted(data, Kind.REDIRECT));
        long analyticsBefore = redirectsOfAnalytics(data);
        Load stopped;
        try (var server = serve(data)) {
            stopped = visitUntil(server.awaitReady(), LOAD, () -> {
                server.stop();
                server.awaitExit();
            });
        }
        for (Kind kind : List.of(Kind.VIEW, Kind.CLICK, Kind.REDIRECT)) {
            assertThat(counted(data, kind) - before.get(kind.ordinal()))
                    .as("%s over a clean stop", kind)
                    .isBetween(stopped.of(kind), stopped.of(kind) + VISITORS_AT_ONCE);
        }
        long redirects = stopped.of(Kind.REDIRECT) + stopped.of(Kind.LIMITED);
        assertThat(redirectsOfAnalytics(data) - analyticsBefore)
                .as("redirects in the analytics over a clean stop")
                .isBetween(redirects, redirects + 2 * VISITORS_AT_ONCE);
        limited += stopped.of(Kind.LIMITED);

        try (var server = serve(data)) {
            TestClient visitor = TestClient.at(server.awaitReady()).with("User-Agent", PERSON);
            int status = visitor.get("/l/few-only").status();
            for (; status == 302; status = visitor.get("/l/few-only").status()) {
                limited++;
            }
            assertThat(status).as("used up").isEqualTo(410);
        }
        assertThat(limited)
                .as("redirects of a link for %d clicks", LIMIT)
                .isBetween((long) LIMIT - 2 * VISITORS_AT_ONCE, (long) LIMIT);
    }

    /// The first visitor of a server requires much loading, which is done before it reports that it is ready.
    @Test
    void aKillSoonAfterReadyAndUnderMixedLoadLosesTheLastSecondAtMost(@TempDir Path data) throws Exception {
        TestClient owner;
        try (var server = serve(data)) {
            owner = prepare(TestClient.at(server.awaitReady()));
            server.stop();
            server.awaitExit();
        }
        for (int round = 0; round < ROUNDS; round++) {
            var before = List.of(counted(data, Kind.VIEW), counted(data, Kind.CLICK), counted(data, Kind.REDIRECT));
            Load killed;
            try (var server = serve(data)) {
                URI uri = server.awaitReady();
                var writers = List.of(writeUntilItFails(owner.on(uri)), writeUntilItFails(owner.on(uri)));
                killed = visitUntil(uri, SOON, server::kill);
                for (Thread writer : writers) {
                    writer.join();
                }
            }
            for (Kind kind : List.of(Kind.VIEW, Kind.CLICK, Kind.REDIRECT)) {
                assertNoneIsLost(
                        kind + ", round " + round, counted(data, kind) - before.get(kind.ordinal()), killed, kind);
            }
        }
    }

    /// Asserts that all visits are counted that were answered more than a second before the kill.
    private static void assertNoneIsLost(Object what, long counted, Load killed, Kind... kinds) {
        long answered = Stream.of(kinds).mapToLong(killed::of).sum();
        long lost = answered - counted;
        if (lost > killed.ofLast(MAY_BE_LOST, kinds)) {
            assertThat(lost)
                    .as("%s lost of %d", what, answered)
                    .isLessThanOrEqualTo(killed.ofLast(TimeLimit.onThisMachine(MAY_BE_LOST), kinds));
        }
        assertThat(-lost)
                .as("%s counted beyond %d", what, answered)
                .isLessThanOrEqualTo(VISITORS_AT_ONCE * kinds.length);
    }

    private Thread writeUntilItFails(TestClient owner) {
        return Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; ; i++) {
                    done(owner.put(
                            "/api/admin/UpdateLinks?pageId=" + page,
                            Map.of("links", List.of(Map.of("operation", "update", "id", link, "title", "Shop " + i)))));
                }
            } catch (UncheckedIOException _) {
                // The server has been killed.
            }
        });
    }

    private static ServerProcess serve(Path data) {
        return ServerProcess.serve(data, Map.of("BANYAN_RATE_LIMITS", "off", "BANYAN_BILLING", "open"));
    }

    private TestClient prepare(TestClient anybody) {
        Answer registered = anybody.post(
                "/api/register",
                Map.of("email", "owner@example.com", "username", "keeper", "password", "correct horse battery"));
        TestClient owner = anybody.with("Cookie", "banyan_session=" + registered.sessionToken());
        done(owner.post("/api/admin/upgradeSubscription", Map.of("tier", "pro", "billingCycle", "annual")));
        page = done(owner.post("/api/admin/CreatePage", Map.of("slug", "start", "name", "Start")))
                .json()
                .at("/page/id")
                .asText();
        done(owner.put(
                "/api/admin/UpdateLinks?pageId=" + page,
                Map.of("links", List.of(Map.of("operation", "add", "title", "Shop", "url", "https://shop.example/")))));
        link = owner.get("/api/admin/GetLinks?pageId=" + page)
                .json()
                .at("/links/0/id")
                .asText();
        done(owner.put(
                "/api/admin/updateShortLinks",
                Map.of(
                        "shortLinks",
                        List.of(
                                Map.of("operation", "add", "customSlug", "hot-one", "targetUrl", "https://a.example/"),
                                Map.of(
                                        "operation",
                                        "add",
                                        "customSlug",
                                        "few-only",
                                        "targetUrl",
                                        "https://b.example/",
                                        "clickLimit",
                                        LIMIT)))));
        return owner;
    }

    private static Answer done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    /// Lets each visitor send one request after another until the server no longer responds.
    private Load visitUntil(URI uri, Duration load, Runnable end) throws InterruptedException {
        var answers = new ConcurrentLinkedQueue<Answered>();
        var enough = new CountDownLatch(1);
        long began = System.nanoTime();
        var threads = new ArrayList<Thread>();
        TestClient visitor = TestClient.at(uri).with("User-Agent", PERSON);
        Map<Kind, String> paths =
                Map.of(Kind.VIEW, "/keeper/start", Kind.CLICK, "/go/" + link, Kind.REDIRECT, "/l/hot-one");
        for (int i = 0; i < VISITORS_AT_ONCE; i++) {
            paths.forEach((kind, path) -> threads.add(Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        int status = visitor.get(path).status();
                        if (status >= 500) {
                            return; // the server is shutting down
                        }
                        assertThat(status).as(path).isEqualTo(kind == Kind.VIEW ? 200 : 302);
                        answers.add(new Answered(kind, System.nanoTime()));
                        if (System.nanoTime() - began > load.toNanos()) {
                            enough.countDown();
                        }
                    }
                } catch (UncheckedIOException _) {
                    // The server has been killed.
                }
            })));
        }
        for (int i = 0; i < VISITORS_AT_ONCE; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    while (!Thread.currentThread().isInterrupted()) {
                        if (visitor.get("/l/few-only").status() != 302) {
                            return;
                        }
                        answers.add(new Answered(Kind.LIMITED, System.nanoTime()));
                    }
                } catch (UncheckedIOException _) {
                    // The server has been killed.
                }
            }));
        }
        assertThat(enough.await(Eventually.SECONDS, TimeUnit.SECONDS))
                .as("enough came")
                .isTrue();
        long killedAt = System.nanoTime();
        end.run();
        for (Thread thread : threads) {
            thread.join();
        }
        return new Load(List.copyOf(answers), killedAt);
    }

    private static long redirectsOfAnalytics(Path data) throws SQLException {
        return number(data, "SELECT sum(redirects) FROM visit_accounts");
    }

    private static long counted(Path data, Kind kind) throws SQLException {
        return number(data, kind.counter);
    }

    private static long number(Path data, String query) throws SQLException {
        try (var connection = JDBC.createConnection("jdbc:sqlite:" + data.resolve("banyan.db"), new Properties());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
