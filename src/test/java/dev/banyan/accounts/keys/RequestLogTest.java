package dev.banyan.accounts.keys;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The log of requests that programs make with keys.
@QuarkusTest
class RequestLogTest {

    private static final String LOG = "/api/admin/api-requests";
    private static final String SECRET = "saltmarsh";

    @Inject
    TestWorld world;

    @Inject
    RequestLog log;

    @Inject
    TestClock clock;

    private TestClient acme;
    private String key;
    private TestClient program;

    @BeforeEach
    void acmeHasAKey() {
        world.sql("DELETE FROM api_requests");
        acme = TestClient.of(world.acme());
        Answer made = acme.post(
                "/api/admin/apikeyscreate",
                Map.of("name", "Import", "permissions", List.of("pages:read", "keys:read")));
        key = made.json().at("/key/keyId").asText();
        program = TestClient.withBearer(made.json().at("/key/key").asText());
    }

    @AfterEach
    void deleteKeys() {
        world.sql("DELETE FROM api_keys");
    }

    /// Returns the log once the last request is in it; the log hears of a request when its answer is sent.
    private JsonNode logged(String query, int most) {
        return Eventually.until(
                () -> {
                    log.write();
                    return acme.get(LOG + query).json().path("requests");
                },
                requests -> requests.size() >= most);
    }

    @Test
    void requestsAreLoggedWithHowTheyEndedAndNothingOfWhatTheySaid() {
        Answer good = program.get("/v1/GetPages?" + SECRET + "=" + SECRET);
        assertThat(good.status()).isEqualTo(200);
        program.post("/v1/CreatePage", Map.of("slug", SECRET, "name", SECRET));
        TestClient.withBearer("ltm_" + key + "_wrong").get("/v1/GetPages");
        JsonNode requests = logged("", 2);
        assertThat(requests).hasSize(2);
        JsonNode refused = requests.get(0);
        assertThat(refused.path("keyId").asText()).isEqualTo(key);
        assertThat(refused.path("method").asText()).isEqualTo("POST");
        assertThat(refused.path("route").asText()).isEqualTo("/v1/CreatePage");
        assertThat(refused.path("status").asInt()).isEqualTo(403);
        assertThat(refused.path("code").asText()).isNotEmpty();
        JsonNode passed = requests.get(1);
        assertThat(passed.path("route").asText()).isEqualTo("/v1/GetPages");
        assertThat(passed.path("status").asInt()).isEqualTo(200);
        assertThat(passed.has("code")).isFalse();
        assertThat(passed.path("requestId").asText())
                .isEqualTo(good.header("X-Request-Id").orElseThrow());
        assertThat(world.select("SELECT route || request_id || key_id FROM api_requests")
                        .toString())
                .doesNotContain(SECRET);
    }

    @Test
    void theLogIsFilteredPagedAndAFile() {
        for (int i = 0; i < 3; i++) {
            program.get("/v1/GetPages");
        }
        program.get("/v1/GetLinks");
        assertThat(logged("", 4)).hasSize(4);
        assertThat(logged("?status=4", 1)).hasSize(1);
        assertThat(logged("?status=403&route=getlinks&key=" + key, 1)).hasSize(1);
        assertThat(acme.get(LOG + "?status=500").json().path("requests")).isEmpty();
        assertThat(acme.get(LOG + "?key=k0000000").json().path("requests")).isEmpty();
        assertThat(acme.get(LOG + "?status=many").status()).isEqualTo(400);
        var seen = new ArrayList<String>();
        String after = "";
        do {
            JsonNode part = acme.get(LOG + "?limit=2" + after).json();
            part.path("requests").forEach(request -> seen.add(request.path("id").asText()));
            after = part.has("nextCursor") ? "&after=" + part.path("nextCursor").asText() : "";
        } while (!after.isEmpty());
        assertThat(seen).hasSize(4).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());
        Answer file = acme.get("/admin/api-keys/requests.csv?status=4");
        assertThat(file.text().lines().toList()).hasSize(2);
        assertThat(file.text()).contains("GET,/v1/GetLinks,403,");
        String page = acme.get("/admin/api-keys/requests?route=GetPages").text();
        assertThat(page)
                .contains("GET /v1/GetPages")
                .doesNotContain("GET /v1/GetLinks")
                .contains("Import");
    }

    @Test
    void othersSeeNothingOfIt() {
        program.get("/v1/GetPages");
        logged("", 1);
        TestClient rival = TestClient.of(world.rival());
        assertThat(rival.get(LOG).json().path("requests")).isEmpty();
        assertThat(rival.get(LOG + "?key=" + key).json().path("requests")).isEmpty();
        assertThat(rival.get("/admin/api-keys/requests.csv").text().lines().toList())
                .hasSize(1);
        assertThat(acme.get(LOG + "?subAccountId=" + world.north().username()).status())
                .isEqualTo(403);
        assertThat(program.get("/v1/api-requests").status()).isEqualTo(200);
    }

    @Test
    void aRequestIsForgottenAfterAWeek() {
        program.get("/v1/GetPages");
        logged("", 1);
        clock.forward(RequestLog.KEPT.minusHours(1));
        log.forgetExpired();
        assertThat(world.select("SELECT route FROM api_requests")).hasSize(1);
        clock.forward(Duration.ofHours(2));
        log.forgetExpired();
        assertThat(world.select("SELECT route FROM api_requests")).isEmpty();
    }
}
