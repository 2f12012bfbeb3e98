package dev.banyan.accounts.operator;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.JsonShape;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Contract 2.13, field by field.
@QuarkusTest
class LinkToMeTimersTest {

    private static final JsonShape TIMER = JsonShape.of(
            "id:text",
            "command:text",
            "description:text",
            "cron:text",
            "priority:whole",
            "runOnProcessor:flag",
            "isSystem:flag",
            "status:text",
            "lastOccurrence:date?",
            "nextOccurrence:date?",
            "lastDurationMs:whole?",
            "orchestratorId:text?",
            "errorMsg:text?",
            "manuallyTriggered:flag",
            "manuallyTriggeredBy:text?",
            "manuallyTriggeredByRole:text?",
            "manuallyTriggeredAt:date?");

    private static final JsonShape STARTED = JsonShape.of(
            "success:flag",
            "message:text",
            "timerId:text",
            "command:text",
            "status:text",
            "orchestratorId:text?",
            "executedAt:date",
            "executedBy:text",
            "executedByRole:text");

    @Inject
    TestWorld world;

    private TestClient operator() {
        return TestClient.withSession(world.operatorToken());
    }

    @Test
    void everyTimerHasAllFields() {
        JsonNode list = operator().get("/api/siteadmin/listtimers").json();
        assertThat(TestClient.keys(list)).containsExactlyInAnyOrder("success", "count", "timers");
        assertThat(list.path("success").asBoolean()).isTrue();
        assertThat(list.path("count").asInt()).isEqualTo(list.path("timers").size());
        for (JsonNode timer : list.path("timers")) {
            TIMER.assertFits(timer);
            assertThat(timer.path("status").asText()).isIn("Completed", "Running", "Started", "Failed", "Not run yet");
            assertThat(timer.path("cron").asText().split(" ")).hasSize(6);
        }
    }

    @Test
    void runningOneAnswersWhoDidItAndTheListKeepsIt() {
        Answer run = operator().post("/api/siteadmin/runtimer", Map.of("timerId", "erase-sub-accounts"));
        // it may be running for another test
        assertThat(run.status()).as(run.toString()).isIn(200, 409);
        if (run.status() == 200) {
            STARTED.assertFits(run.json());
            assertThat(run.json().path("timerId").asText()).isEqualTo("erase-sub-accounts");
            assertThat(run.json().path("status").asText()).isEqualTo("Started");
            assertThat(run.json().path("executedByRole").asText()).isEqualTo("site_super_admin");
        } else {
            assertFailure(run, 409, "Timer is already running");
        }
        JsonNode timer = operator()
                .get("/api/siteadmin/listtimers")
                .json()
                .path("timers")
                .valueStream()
                .filter(one -> one.path("id").asText().equals("erase-sub-accounts"))
                .findFirst()
                .orElseThrow();
        assertThat(timer.path("manuallyTriggered").asBoolean()).isTrue();
        assertThat(timer.path("manuallyTriggeredByRole").asText()).isEqualTo("site_super_admin");
        assertThat(timer.path("manuallyTriggeredBy").asText()).isNotEmpty();
    }

    @Test
    void refusalsHaveErrorAndMessage() {
        assertFailure(operator().post("/api/siteadmin/runtimer", Map.of()), 400, "timerId is required");
        assertFailure(operator().post("/api/siteadmin/runtimer", Map.of("timerId", "nothing")), 404, "Timer not found");
        for (TestClient insider : List.of(TestClient.of(world.acme()), TestClient.of(world.solo()))) {
            assertThat(insider.get("/api/siteadmin/listtimers").toString())
                    .isEqualTo("403 {\"error\":\"Insufficient permissions\"}");
            assertThat(insider.post("/api/siteadmin/runtimer", Map.of("timerId", "erase-sub-accounts"))
                            .toString())
                    .isEqualTo("403 {\"error\":\"Insufficient permissions\"}");
        }
        assertThat(TestClient.anonymous()
                        .post("/api/siteadmin/runtimer", Map.of("timerId", "erase-sub-accounts"))
                        .toString())
                .isEqualTo("401 {\"error\":\"Unauthorized\"}");
    }

    private static void assertFailure(Answer answer, int status, String text) {
        assertThat(answer.toString())
                .isEqualTo("%d {\"error\":\"%s\",\"message\":\"%s\"}".formatted(status, text, text));
    }
}
