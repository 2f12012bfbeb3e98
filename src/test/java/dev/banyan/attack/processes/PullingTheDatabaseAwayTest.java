package dev.banyan.attack.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TimeLimit;
import dev.banyan.platform.db.StallingProxy;
import dev.banyan.platform.db.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PostgreSQL is stopped, and then killed, while the server runs.
class PullingTheDatabaseAwayTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration WAITED_AT_MOST = Duration.ofSeconds(4);
    /// Longer than the lifetime of a cached page if there are other nodes.
    private static final Duration OUTAGE = Duration.ofSeconds(7);

    @Test
    void visitorsGoOnAndEverybodyElseIsToldToComeBack(@TempDir Path data) throws Exception {
        try (var proxy = new StallingProxy(TestDatabases.ownedPostgresUrl());
                var server = ServerProcess.start(
                        Map.of(
                                "BANYAN_RATE_LIMITS",
                                "off",
                                "BANYAN_BILLING",
                                "open",
                                "BANYAN_DATABASE_URL",
                                proxy.url()),
                        "serve",
                        "--port=0",
                        "--data",
                        data.toString())) {
            URI uri = server.awaitReady();
            TestClient visitor = TestClient.at(uri);
            Eventually.until(() -> visitor.get("/readyz").status(), status -> status == 200);
            TestClient owner = prepare(visitor);

            for (Runnable pull : List.<Runnable>of(proxy::hangs, proxy::refuses)) {
                assertThat(visitor.get("/keeper/start").status()).isEqualTo(200);
                assertThat(visitor.get("/l/hot-one").status()).isEqualTo(302);
                String way = wayOut(visitor);
                pull.run();

                Eventually.until(() -> within(AT_ONCE, () -> visitor.get("/readyz")), answer -> answer.status() == 503);
                // A write may be the first to fail; that reads fail, too, is known a moment later.
                Eventually.until(
                        () -> within(AT_ONCE, () -> visitor.get("/readyz")).text(),
                        "not ready: the database does not answer\n"::equals);
                visitorsGoOn(visitor);
                Answer followed = within(WAITED_AT_MOST, () -> visitor.get(way));
                assertThat(followed.status()).isEqualTo(302);
                assertThat(followed.location()).isEqualTo("https://shop.example/");
                everybodyElseIsTold(visitor, owner);
                assertThat(within(AT_ONCE, () -> visitor.get("/healthz")).status())
                        .isEqualTo(200);

                proxy.passes();
                Eventually.until(() -> visitor.get("/readyz").status(), status -> status == 200);
                assertThat(owner.get("/api/me").status()).isEqualTo(200);
                assertThat(visitor.get("/keeper/start").status()).isEqualTo(200);
            }
            assertThat(server.out()).contains("PostgreSQL does not answer").doesNotContain("marked as broken");
            assertThat(server.out().lines().filter(line -> line.contains("\tat ")))
                    .as("stack traces")
                    .hasSizeLessThan(400);
        }
    }

    /// Returns the address of the page's link.
    private static String wayOut(TestClient visitor) {
        Matcher link = Pattern.compile("/go/[0-9a-f-]{36}")
                .matcher(visitor.get("/keeper/start").text());
        assertThat(link.find()).isTrue();
        return Objects.requireNonNull(link.group());
    }

    private static void visitorsGoOn(TestClient visitor) {
        long end = System.nanoTime() + OUTAGE.toNanos();
        while (System.nanoTime() < end) {
            assertThat(within(AT_ONCE, () -> visitor.get("/keeper/start")).status())
                    .isEqualTo(200);
            assertThat(within(AT_ONCE, () -> visitor.get("/l/hot-one")).status())
                    .isEqualTo(302);
        }
    }

    private static void everybodyElseIsTold(TestClient visitor, TestClient owner) {
        for (Supplier<Answer> request : List.<Supplier<Answer>>of(
                () -> owner.get("/api/me"),
                () -> owner.get("/api/admin/GetPages"),
                () -> visitor.post("/api/login", Map.of("email", "owner@example.com", "password", "wrong password")))) {
            Answer answer = within(WAITED_AT_MOST, request);
            assertThat(answer.status()).as(answer.text()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isPresent();
            assertThat(answer.error()).contains("Try again");
        }
        Answer page =
                within(WAITED_AT_MOST, () -> owner.with("Accept", "text/html").get("/admin"));
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.header("Retry-After")).isPresent();
        assertThat(page.text()).contains("Your saved work is safe");
    }

    private static Answer within(Duration time, Supplier<Answer> request) {
        long begin = System.nanoTime();
        Answer answer = request.get();
        TimeLimit.assertKept(time, Duration.ofNanos(System.nanoTime() - begin));
        return answer;
    }

    private static TestClient prepare(TestClient anybody) {
        Answer registered = anybody.post(
                "/api/register",
                Map.of("email", "owner@example.com", "username", "keeper", "password", "correct horse battery"));
        TestClient owner = anybody.with("Cookie", "banyan_session=" + registered.sessionToken());
        assertThat(owner.post("/api/admin/upgradeSubscription", Map.of("tier", "pro", "billingCycle", "annual"))
                        .status())
                .isEqualTo(200);
        assertThat(owner.post("/api/admin/CreatePage", Map.of("slug", "start", "name", "Start"))
                        .status())
                .isEqualTo(200);
        assertThat(owner.put(
                                "/api/admin/UpdateLinks",
                                Map.of(
                                        "links",
                                        List.of(Map.of(
                                                "operation", "add", "title", "Shop", "url", "https://shop.example/"))))
                        .status())
                .isEqualTo(200);
        assertThat(owner.put(
                                "/api/admin/updateShortLinks",
                                Map.of(
                                        "shortLinks",
                                        List.of(Map.of(
                                                "operation",
                                                "add",
                                                "customSlug",
                                                "hot-one",
                                                "targetUrl",
                                                "https://a.example/"))))
                        .status())
                .isEqualTo(200);
        return owner;
    }
}
