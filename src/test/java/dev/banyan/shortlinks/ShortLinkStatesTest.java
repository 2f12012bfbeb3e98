package dev.banyan.shortlinks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AccountChanged;
import dev.banyan.accounts.Tier;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import org.junit.jupiter.api.Test;

/// The reasons why a short link doesn't redirect: for people a page and a status each, for programs a text and a
/// status. Neither reveals the target.
@QuarkusTest
class ShortLinkStatesTest {

    private static final String TARGET = "https://secret-target.example/spring";

    private final TestWorld world;
    private final TestClock clock;
    private final Event<AccountChanged> changed;
    private final TestClient visitor = TestClient.anonymous();

    ShortLinkStatesTest(TestWorld world, TestClock clock, Event<AccountChanged> changed) {
        this.world = world;
        this.clock = clock;
        this.changed = changed;
    }

    @Test
    void unknown() {
        assertState("nothing-here", 404, "Link not found", 404, "Link not found");
    }

    @Test
    void switchedOff() {
        assertState(
                created(Map.of("active", false)), 410, "This link is turned off", 410, "This link is no longer active");
    }

    @Test
    void notYetOpen() {
        String slug = created(Map.of("startsAt", in(Duration.ofHours(1))));
        assertState(slug, 404, "This link is not open yet", 404, "This link is not open yet");
        clock.forward(Duration.ofHours(1));
        assertThat(visitor.get("/l/" + slug).status()).isEqualTo(302);
    }

    @Test
    void over() {
        String slug = created(Map.of("endsAt", in(Duration.ofHours(1))));
        assertThat(visitor.get("/l/" + slug).status()).isEqualTo(302);
        clock.forward(Duration.ofHours(1));
        assertState(slug, 410, "This link has ended", 410, "This link has ended");
    }

    @Test
    void overWithSomewhereElseToGo() {
        String slug = created(Map.of("endsAt", in(Duration.ofHours(1)), "fallbackUrl", "https://example.org/over"));
        clock.forward(Duration.ofHours(2));
        assertThat(visitor.get("/l/" + slug).location()).isEqualTo("https://example.org/over");
        Answer program = visitor.get("/api/public/l?slug=" + slug);
        assertThat(program.status()).isEqualTo(200);
        assertThat(program.json().toString()).isEqualTo("{\"redirectTo\":\"https://example.org/over\"}");
        assertThat(program.header("Cache-Control").orElse("")).contains("no-store");
    }

    @Test
    void usedUp() {
        String slug = created(Map.of("clickLimit", 1));
        assertThat(visitor.get("/api/public/l?slug=" + slug).status()).isEqualTo(200);
        assertState(slug, 410, "This link has reached its limit", 410, "This link has reached its limit");
    }

    @Test
    void overThePlan() {
        String slug = created(Map.of());
        world.tier(world.acme(), Tier.FREE);
        assertState(
                slug, 403, "This link isn’t available right now", 403, "This link exceeds the account's plan limit");
    }

    @Test
    void ofASuspendedAccount() {
        String slug = created("?UserId=" + world.north().id(), Map.of());
        assertThat(visitor.get("/l/" + slug).status()).isEqualTo(302);
        world.sql(
                "UPDATE accounts SET status = ? WHERE id = ?",
                "suspended",
                world.north().id().toString());
        changed.fire(new AccountChanged(world.north().id(), world.north().username()));
        assertState(slug, 404, "This link is temporarily unavailable", 403, "This account is currently disabled");
    }

    @Test
    void behindAPassword() {
        String slug = created(Map.of("password", "sesame street"));
        assertState(slug, 200, "password", 403, "This link needs a password");
        Answer program = visitor.get("/api/public/l?slug=" + slug);
        assertThat(program.json().path("passwordRequired").asBoolean()).isTrue();
        assertThat(program.json().path("openAt").asText()).endsWith("/l/" + slug);

        Answer wrong = visitor.form("/l/" + slug, "password", "sesame strasse");
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.text()).contains("Wrong password. Try again.").doesNotContain("secret-target");
        assertThat(visitor.form("/l/" + slug, "password", "sesame street").status())
                .isEqualTo(303);
    }

    @Test
    void noSlugAtAll() {
        for (String slug : List.of("", "a", "a--b", "-ab", "x".repeat(31), "%3Cscript%3E")) {
            assertThat(visitor.get("/api/public/l?slug=" + slug).status())
                    .as(slug)
                    .isEqualTo(400);
        }
        assertThat(visitor.get("/api/public/l").status()).isEqualTo(400);
        assertThat(visitor.get("/l/%3Cscript%3E").status()).isEqualTo(404);
        assertThat(visitor.get("/l/%3Cscript%3E").text()).doesNotContain("<script");
    }

    private void assertState(String slug, int status, String title, int apiStatus, String error) {
        Answer page = visitor.get("/l/" + slug);
        assertThat(page.status()).isEqualTo(status);
        assertThat(page.contentType()).startsWith("text/html");
        assertThat(page.text()).contains(title).doesNotContain("secret-target").doesNotContain("<script");
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.header("X-Robots-Tag")).contains("noindex");
        assertThat(page.header("Content-Security-Policy").orElse("")).contains("default-src 'none'");

        Answer program = visitor.get("/api/public/l?slug=" + slug);
        assertThat(program.status()).isEqualTo(apiStatus);
        assertThat(program.error()).isEqualTo(error);
        assertThat(program.text()).doesNotContain("secret-target");
    }

    private String in(Duration time) {
        return clock.instant().plus(time).toString();
    }

    private String created(Map<String, Object> fields) {
        return created("", fields);
    }

    private String created(String query, Map<String, Object> fields) {
        var step = new LinkedHashMap<>(fields);
        step.put("operation", "add");
        step.put("targetUrl", TARGET);
        Answer answer = TestClient.of(world.acme())
                .put("/api/admin/updateShortLinks" + query, Map.of("shortLinks", List.of(step)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("created").path(0).path("slug").asText();
    }
}
