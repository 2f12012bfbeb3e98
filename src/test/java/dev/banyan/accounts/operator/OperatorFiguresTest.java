package dev.banyan.accounts.operator;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Metrics of agencies, on the page and in Prometheus.
@QuarkusTest
class OperatorFiguresTest {

    @Inject
    TestWorld world;

    @Inject
    AgencyFigures figures;

    @Test
    void switchesAreCountedByHowTheyEnded() {
        var acme = TestClient.of(world.acme());
        String north = world.north().id().toString();
        double done = metric("banyan_context_switches_total{outcome=\"done\"");
        double refused = metric("banyan_context_switches_total{outcome=\"refused\"");

        assertThat(acme.post("/admin/switchtosubaccount", Map.of("subAccountId", north))
                        .status())
                .isEqualTo(200);
        assertThat(acme.form("/admin/context", "target", world.acme().username())
                        .status())
                .isEqualTo(303);
        assertThat(acme.post(
                                "/api/admin/SwitchToSubAccount",
                                Map.of("subAccountId", world.east().id()))
                        .status())
                .isEqualTo(404);
        assertThat(TestClient.anonymous().form("/admin/context", "target", "x").status())
                .isEqualTo(303);

        assertThat(metric("banyan_context_switches_total{outcome=\"done\"")).isEqualTo(done + 2);
        assertThat(metric("banyan_context_switches_total{outcome=\"refused\"")).isEqualTo(refused + 2);
        assertThat(metric("banyan_context_switches_total{outcome=\"failed\"")).isZero();
    }

    @Test
    void operationsAreCountedAndTimed() {
        var acme = TestClient.of(world.acme());
        String done = "banyan_sub_account_operations_total{operation=\"create\",outcome=\"done\"";
        String refused = "banyan_sub_account_operations_total{operation=\"create\",outcome=\"refused\"";
        double before = metric(done);
        double refusedBefore = metric(refused);
        double timed = metric("banyan_sub_account_operation_time_seconds_count{operation=\"create\"");

        var wanted = Map.of("username", world.name("counted"), "displayName", "Counted");
        assertThat(acme.post("/api/admin/CreateSubAccount", wanted).status()).isEqualTo(200);
        assertThat(acme.post("/api/admin/CreateSubAccount", wanted).status()).isEqualTo(400);

        assertThat(metric(done)).isEqualTo(before + 1);
        assertThat(metric(refused)).isEqualTo(refusedBefore + 1);
        assertThat(metric("banyan_sub_account_operation_time_seconds_count{operation=\"create\""))
                .isEqualTo(timed + 2);
        assertThat(metric("banyan_sub_account_operation_time_seconds{operation=\"create\",quantile=\"0.95\""))
                .isPositive();
    }

    @Test
    void thePageSaysWhatTheMetricsSay() {
        world.north();
        figures.renew();
        TestClient.of(world.acme()).get("/api/admin/GetSubAccounts");

        String page = operatorsPage();

        assertThat(page)
                .contains("Target: 30%", "Target: more than 99%", "Target: less than 500 ms")
                .contains("<th scope=\"row\">1 to 3</th>", "<th scope=\"row\">26 and more</th>")
                .containsPattern(Pattern.compile("<th scope=\"row\">List</th><td class=\"num\">[1-9]"))
                .containsPattern(Pattern.compile("Median time</dt><dd>[0-9,]+ ms</dd>"));
        assertThat(metric("banyan_agencies ")).isGreaterThanOrEqualTo(1);
        assertThat(metric("banyan_sub_accounts ")).isGreaterThanOrEqualTo(1);
    }

    @Test
    void thePageIsTheOperatorsAlone() {
        assertThat(TestClient.of(world.acme()).get("/operator/figures").status())
                .isEqualTo(404);
        assertThat(TestClient.anonymous().get("/operator/figures").status()).isEqualTo(303);
    }

    @ParameterizedTest
    @CsvSource({
        "POST /api/admin/SwitchToSubAccount, SWITCH",
        "POST /api/admin/SwitchToParentAccount, SWITCH",
        "POST /admin/context, SWITCH",
        "GET /api/admin/GetSubAccounts, LIST",
        "GET /admin/brands, LIST",
        "POST /api/admin/CreateSubAccount, CREATE",
        "POST /admin/users/sub-accounts, CREATE",
        "PUT /api/admin/UpdateSubAccount, UPDATE",
        "POST /admin/users/sub-accounts/1, UPDATE",
        "POST /api/admin/UpdateSubAccountStatus, STATUS",
        "POST /admin/users/sub-accounts/1/suspend, STATUS",
        "POST /admin/users/sub-accounts/1/reactivate, STATUS",
        "DELETE /api/admin/DeleteSubAccount, DELETE",
        "POST /api/admin/DeleteSubAccount, DELETE",
        "POST /admin/users/sub-accounts/1/delete, DELETE",
        "POST /api/admin/RestoreSubAccount, RESTORE",
        "POST /admin/users/sub-accounts/1/restore, RESTORE",
    })
    void everyRouteOfSubAccountsIsCounted(String route, AgencyOperation operation) {
        assertThat(AgencyOperation.of(route)).contains(operation);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /admin/context",
        "GET /admin/users/sub-accounts/new",
        "POST /api/admin/CreatePage",
        "POST /admin/users"
    })
    void otherRoutesAreNot(String route) {
        assertThat(AgencyOperation.of(route)).isEmpty();
    }

    private String operatorsPage() {
        Answer answer = TestClient.withSession(world.operatorToken()).get("/operator/figures");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text();
    }

    private static double metric(String begin) {
        return TestClient.anonymous()
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(begin))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
