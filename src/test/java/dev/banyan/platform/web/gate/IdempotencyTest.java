package dev.banyan.platform.web.gate;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Digests;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IdempotencyTest {

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    @Inject
    Idempotency idempotency;

    private TestClient acme = TestClient.anonymous();

    @BeforeEach
    void acmeSignsIn() {
        acme = TestClient.of(world.acme());
    }

    private Answer create(TestClient client, String key, String stem) {
        return client.with("Idempotency-Key", key)
                .post("/api/admin/CreateSubAccount", Map.of("username", world.name(stem), "displayName", stem));
    }

    private List<String> subAccounts() {
        return world.select(
                "SELECT username FROM accounts WHERE parent_id = ? ORDER BY id",
                world.acme().account().toString());
    }

    @Test
    void aRepetitionGetsTheFirstAnswer() {
        Answer first = create(acme, "one", "north");
        Answer second = create(acme, "one", "north");
        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.header("Idempotency-Replayed")).contains("true");
        assertThat(second.contentType()).startsWith("application/json");
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(subAccounts()).containsExactly(world.name("north"));
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefused() {
        create(acme, "one", "north");
        Answer other = create(acme, "one", "south");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.error()).isEqualTo("This Idempotency-Key was used for another request");
        Answer otherRoute = acme.with("Idempotency-Key", "one")
                .post("/api/admin/CreatePage", Map.of("slug", "first", "name", "First"));
        assertThat(otherRoute.status()).isEqualTo(422);
        assertThat(subAccounts()).containsExactly(world.name("north"));
    }

    @Test
    void callersHaveKeysOfTheirOwn() {
        create(acme, "one", "north");
        assertThat(create(TestClient.of(world.rival()), "one", "east").header("Idempotency-Replayed"))
                .isEmpty();
    }

    @Test
    void theSameKeyInAnotherContextIsAnotherRequest() {
        world.north();
        world.south();
        var body = Map.of("slug", "first", "name", "First");
        Answer north = acme.with("Idempotency-Key", "page")
                .post("/api/admin/CreatePage?subAccountId=" + world.north().id(), body);
        Answer south = acme.with("Idempotency-Key", "page")
                .post("/api/admin/CreatePage?subAccountId=" + world.south().id(), body);
        assertThat(north.status()).as(north.toString()).isEqualTo(200);
        // A replay would tell the client that South has a page, which is wrong.
        assertThat(south.status()).as(south.toString()).isEqualTo(422);
    }

    @Test
    void keysAreForgottenAfterADay() {
        create(acme, "one", "north");
        clock.forward(Duration.ofHours(24).minusMillis(1));
        idempotency.forgetExpired();
        assertThat(create(acme, "one", "north").header("Idempotency-Replayed")).contains("true");
        clock.forward(Duration.ofMillis(2));
        idempotency.forgetExpired();
        Answer afterwards = create(acme, "one", "north");
        assertThat(afterwards.header("Idempotency-Replayed")).isEmpty();
        assertThat(afterwards.error()).isEqualTo("Username already taken");
    }

    @Test
    void aRefusedRequestMayBeMendedUnderTheSameKey() {
        assertThat(create(acme, "one", "x".repeat(40)).status()).isEqualTo(400);
        assertThat(create(acme, "one", "north").status()).isEqualTo(200);
    }

    @Test
    void sentTwiceAtOnceItIsDoneOnce() {
        List<Answer> answers = AtOnce.run(10, _ -> create(acme, "one", "north"));
        assertThat(answers).extracting(Answer::status).contains(200).allMatch(status -> status == 200 || status == 409);
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 200)
                        .map(Answer::json)
                        .distinct())
                .hasSize(1);
        assertThat(subAccounts()).containsExactly(world.name("north"));
        assertThat(world.count(
                        "SELECT used FROM account_usage WHERE quota = 'sub_accounts' AND account_id = ?",
                        world.acme().account().toString()))
                .isEqualTo(1);
    }

    @Test
    void formsCarryTheirKeyToo() {
        Map<String, String> form =
                Map.of("as", world.acme().username(), "name", "First", "slug", "first", "idempotencyKey", "form");
        Answer first = acme.form("/admin/pages", form);
        Answer second = acme.form("/admin/pages", form);
        assertThat(first.status()).as(first.toString()).isEqualTo(303);
        assertThat(second.status()).isEqualTo(303);
        assertThat(second.location()).isEqualTo(first.location());
        Answer htmx = acme.with("HX-Request", "true").form("/admin/pages", form);
        assertThat(htmx.status()).as("the same form through htmx: " + htmx).isIn(204, 303);
        assertThat(world.count(
                        "SELECT COUNT(*) FROM pages WHERE account_id = ?",
                        world.acme().account().toString()))
                .isEqualTo(1);
    }

    @Test
    void anOverlongKeyIsRefused() {
        Answer answer = create(acme, "k".repeat(129), "north");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("128 characters");
        assertThat(create(acme, "k".repeat(128), "north").status()).isEqualTo(200);
    }

    @Test
    void anEmptyKeyIsNoKey() {
        assertThat(create(acme, " ", "north").status()).isEqualTo(200);
        assertThat(create(acme, " ", "north").error()).isEqualTo("Username already taken");
    }

    /// Passwords can't be guessed from the stored digest of a request, read from the table or a backup.
    @Test
    void whatIsKeptOfARequestTellsNothingWithoutTheServersKey() {
        Answer first = create(acme, "keyed", "north");
        assertThat(first.status()).isEqualTo(200);
        String kept = world.select(
                        "SELECT request_digest FROM idempotency_keys WHERE idempotency_key = 'keyed'"
                                + " AND caller = ?",
                        world.acme().identity().toString())
                .getFirst();
        assertThat(kept).matches("v1\\.[0-9a-f]{8}\\.[A-Za-z0-9_-]{43}");
        assertThat(create(acme, "keyed", "north").header("Idempotency-Replayed"))
                .contains("true");
    }

    /// Such as a plain digest left by an older version.
    @Test
    void whatAnotherKeyMadeIsNoRepetition() {
        create(acme, "foreign", "north");
        world.sql(
                "UPDATE idempotency_keys SET request_digest = ? WHERE idempotency_key = 'foreign'",
                Digests.sha256Hex("anything"));
        assertThat(create(acme, "foreign", "north").status()).isEqualTo(422);
    }
}
