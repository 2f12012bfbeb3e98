package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Tier;
import dev.banyan.analytics.Recorder;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Locked links: the target is revealed only after the lock was opened.
@QuarkusTest
class LinkLockTest {

    private static final TestClient VISITOR = TestClient.anonymous();
    private static final String TARGET = "https://hidden.example/the-vault";

    @Inject
    Recorder recorder;

    @Inject
    PublishedPage published;

    @Inject
    TestClock clock;

    private Link locked = Link.plain(LinkId.of("00000000-0000-7000-8000-000000000000"), nobody(), "", "", 0, true, 0);
    private String go = "";

    private static PageId nobody() {
        return PageId.of("00000000-0000-7000-8000-000000000000");
    }

    @BeforeEach
    void aLinkIsLocked() {
        lock(LinkLock.Type.CODE, "Sesame");
    }

    private void lock(LinkLock.Type type, String code) {
        locked = published.locked("The vault", TARGET, type, code);
        go = "/go/" + locked.id();
    }

    private static String cookie(Answer answer) {
        return answer.header("Set-Cookie").orElse("").split(";")[0];
    }

    private void assertSaysNothing(Answer answer) {
        assertThat(answer.text() + answer.headers().map()).doesNotContain("hidden.example", "the-vault", "Sesame");
    }

    @Test
    void thePageShowsTheLockAndNotTheTarget() {
        Answer page = VISITOR.get(published.home());
        assertThat(page.text()).contains("The vault", "Needs a code", "href=\"" + go + "\"");
        assertSaysNothing(page);
        assertSaysNothing(VISITOR.get(
                "/api/public/GetUserProfile?username=" + published.north().username()));
    }

    @Test
    void theFormIsShownInPlaceOfTheTarget() {
        for (Answer answer : List.of(VISITOR.get(go), VISITOR.head(go))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Location")).isEmpty();
            assertThat(answer.header("Cache-Control")).contains("no-store");
            assertSaysNothing(answer);
        }
        assertThat(VISITOR.get(go).text()).contains("name=\"code\"", "Enter the code first.");
        assertThat(clicks()).isZero();
    }

    private long clicks() {
        recorder.write();
        return published
                .world()
                .count("SELECT clicks FROM links WHERE id = ?", locked.id().toString());
    }

    @Test
    void theCodeLeadsOnAndIsAskedOnce() {
        Answer opened = VISITOR.form(go, "code", "Sesame");
        assertThat(opened.status()).isEqualTo(303);
        assertThat(opened.location()).isEqualTo(go);
        assertThat(opened.header("Set-Cookie").orElse(""))
                .contains("banyan_unlock=", "; Path=" + go + ";", "HttpOnly", "SameSite=Lax", "Max-Age=1800");
        assertSaysNothing(opened);
        for (int i = 1; i <= 2; i++) {
            Answer on = VISITOR.with("Cookie", cookie(opened)).get(go);
            assertThat(on.status()).isEqualTo(302);
            assertThat(on.location()).isEqualTo(TARGET);
            assertThat(on.header("Cache-Control")).contains("no-store");
            assertThat(clicks()).isEqualTo(i);
        }
    }

    @Test
    void wrongCodesOpenNothing() {
        for (String code : List.of("sesame", "Sesame ", "", "x".repeat(5_000), "Sesam")) {
            Answer answer = VISITOR.form(go, "code", code);
            assertThat(answer.status()).as(code).isEqualTo(422);
            assertThat(answer.header("Set-Cookie")).isEmpty();
            assertThat(answer.text()).contains("Wrong code.", "role=\"alert\"", "aria-invalid=\"true\"");
            assertSaysNothing(answer);
        }
        assertThat(VISITOR.form(go, "confirmed", "yes").status()).isEqualTo(422);
    }

    @Test
    void apassOpensOneLinkForAWhile() {
        String pass = cookie(VISITOR.form(go, "code", "Sesame"));
        Link other = published.locked("Another", TARGET, LinkLock.Type.CODE, "Sesame");
        assertThat(VISITOR.with("Cookie", pass).get("/go/" + other.id()).status())
                .isEqualTo(200);
        assertThat(VISITOR.with("Cookie", pass + "x").get(go).status()).isEqualTo(200);
        assertThat(VISITOR.with("Cookie", "banyan_unlock=nonsense").get(go).status())
                .isEqualTo(200);
        published
                .world()
                .sql(
                        "UPDATE links SET lock_code = 'Other' WHERE id = ?",
                        locked.id().toString());
        assertThat(VISITOR.with("Cookie", pass).get(go).status())
                .as("after the lock was changed")
                .isEqualTo(200);
        published
                .world()
                .sql(
                        "UPDATE links SET lock_code = 'Sesame' WHERE id = ?",
                        locked.id().toString());
        assertThat(VISITOR.with("Cookie", pass).get(go).status()).isEqualTo(302);
        clock.forward(Duration.ofMinutes(30));
        assertThat(VISITOR.with("Cookie", pass).get(go).status())
                .as("after half an hour")
                .isEqualTo(200);
    }

    @Test
    void ageAndSensitiveAskForAYes() {
        for (LinkLock.Type type : List.of(LinkLock.Type.AGE, LinkLock.Type.SENSITIVE)) {
            lock(type, "");
            Answer form = VISITOR.get(go);
            assertThat(form.text())
                    .contains(type == LinkLock.Type.AGE ? "I’m 18 or older" : "Open link")
                    .doesNotContain("name=\"code\"");
            assertSaysNothing(form);
            assertThat(VISITOR.form(go, "x", "y").status()).isEqualTo(422);
            Answer opened = VISITOR.form(go, "confirmed", "yes");
            assertThat(opened.status()).isEqualTo(303);
            assertThat(VISITOR.with("Cookie", cookie(opened)).get(go).location())
                    .isEqualTo(TARGET);
        }
    }

    @Test
    void theOwnersWordsAreEscaped() {
        locked = published.locked(
                "<b>Vault</b>", TARGET, new LinkLock(LinkLock.Type.CODE, "Sesame", "</p><script>alert(1)</script>"));
        Answer form = VISITOR.get("/go/" + locked.id());
        assertThat(form.text())
                .contains("&lt;/p&gt;&lt;script&gt;", "&lt;b&gt;Vault")
                .doesNotContain("<script>alert", "<b>Vault");
    }

    @Test
    void whatCannotBeSeenCannotBeUnlocked() {
        published.publish(false);
        assertThat(VISITOR.get(go).status()).isEqualTo(404);
        assertThat(VISITOR.form(go, "code", "Sesame").status()).isEqualTo(404);
        published.publish(true);
        published.setStatus("suspended");
        assertThat(VISITOR.form(go, "code", "Sesame").status()).isEqualTo(404);
        assertThat(VISITOR.form("/go/018f0000-0000-7000-8000-000000000000", "code", "Sesame")
                        .status())
                .isEqualTo(404);
        assertThat(VISITOR.form("/go/nonsense", "code", "Sesame").status()).isEqualTo(404);
    }

    @Test
    void otherSitesCannotUnlock() {
        Answer answer = VISITOR.with("Sec-Fetch-Site", "cross-site").form(go, "code", "Sesame");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void anOpenLinkNeedsNoForm() {
        Link open = published.add("Open", "https://open.example/");
        Answer answer = VISITOR.form("/go/" + open.id(), "code", "x");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo("/go/" + open.id());
    }

    @Test
    void aLockOutlivesThePlanThatItWasMadeUnder() {
        published.world().plan(published.world().acme(), Tier.FREE, AgencyPermission.BASIC, Map.of(Pack.TEN, 1));
        published.changed();
        thePageShowsTheLockAndNotTheTarget();
        assertSaysNothing(VISITOR.get(go));
        Answer opened = VISITOR.form(go, "code", "Sesame");
        assertThat(VISITOR.with("Cookie", cookie(opened)).get(go).location()).isEqualTo(TARGET);
    }

    private Answer lock(String json) {
        TestClient acme = TestClient.of(published.world().acme());
        return acme.put(
                "/api/admin/UpdateLinks?UserId=" + published.north().id(),
                Map.of(
                        "links",
                        List.of(TestClient.parse(
                                "{\"operation\":\"update\",\"id\":\"" + locked.id() + "\",\"lock\":" + json + "}"))));
    }

    @Test
    void whereThePlanHasNoLocksTheyCanBeTakenAwayAndNotChanged() {
        published.world().plan(published.world().acme(), Tier.FREE, AgencyPermission.BASIC, Map.of(Pack.TEN, 1));
        published.changed();

        Answer changed = lock("{\"enabled\":true,\"type\":\"code\",\"code\":\"Other\"}");
        assertThat(changed.status()).as(changed.toString()).isEqualTo(403);
        assertThat(lock("{\"enabled\":true,\"type\":\"code\",\"code\":\"Sesame\"}")
                        .status())
                .isEqualTo(200);
        assertSaysNothing(VISITOR.get(go));
        assertThat(lock("null").status()).isEqualTo(200);
        assertThat(VISITOR.get(go).location()).isEqualTo(TARGET);
        assertThat(lock("{\"enabled\":true,\"type\":\"age\"}").status()).isEqualTo(403);
    }

    // The same for programs

    private Answer verify(Map<String, Object> body) {
        return VISITOR.post("/api/public/VerifyLinkCode", body);
    }

    @Test
    void programsOpenTheLockByItsCode() {
        Answer wrong = verify(Map.of("linkId", locked.id().toString(), "code", "wrong"));
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.text()).isEqualTo("{\"success\":false,\"error\":\"Invalid code\"}");
        Answer right = verify(Map.of("linkId", locked.id().toString(), "code", "Sesame"));
        assertThat(right.status()).isEqualTo(200);
        assertThat(right.text()).isEqualTo("{\"success\":true}");
        assertThat(VISITOR.with("Cookie", cookie(right)).get(go).location()).isEqualTo(TARGET);
    }

    @Test
    void programsAreToldWhatIsWrong() {
        assertThat(verify(Map.of("code", "x")).status()).isEqualTo(400);
        assertThat(verify(Map.of("linkId", locked.id().toString())).status()).isEqualTo(400);
        assertThat(verify(Map.of("linkId", "nonsense", "code", "x")).status()).isEqualTo(404);
        lock(LinkLock.Type.AGE, "");
        assertThat(verify(Map.of("linkId", locked.id().toString(), "code", "x")).error())
                .isEqualTo("This link is not locked by a code");
        Link open = published.add("Open", "https://open.example/");
        assertThat(verify(Map.of("linkId", open.id().toString(), "code", "x")).status())
                .isEqualTo(400);
    }

    @Test
    void theAddressOfTheLockStandsForTheTarget() {
        var profile = VISITOR.get("/api/public/GetUserProfile?username="
                        + published.north().username())
                .json();
        assertThat(profile.at("/links/0/url").asText()).isEqualTo(go);
        assertThat(profile.at("/links/0/lock").toString()).isEqualTo("{\"enabled\":true,\"type\":\"code\"}");
        assertThat(Optional.of(profile.toString())).get().asString().doesNotContain("Sesame");
    }
}
