package dev.banyan.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.Tier;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every validation rule of analytics, and the data visible to each tier (LinkToMe contract 3.1).
@QuarkusTest
class ValidationTest {

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();

    @BeforeEach
    void acmeSignsIn() {
        acme = TestClient.of(world.acme());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            days | 1          | 0            | days must be a number from 1 to 1830
            days | 1830       | 1831         | days must be a number from 1 to 1830
            days | 30         | -1           | days must be a number from 1 to 1830
            days | ''         | month        | days must be a number from 1 to 1830
            from | 2026-02-28 | 2026-02-29   | from must be a day such as 2026-11-01
            from | ''         | yesterday    | from must be a day such as 2026-11-01
            from | 1970-01-01 | +99999-01-01 | from must be a day such as 2026-11-01
            to   | 2026-12-31 | 2026-12-32   | to must be a day such as 2026-11-01
            to   | ''         | 31.12.2026   | to must be a day such as 2026-11-01
            """)
    void days(String parameter, String allowed, String beyond, String words) {
        for (String route : List.of("GetBrandAnalytics?", "ExportAnalytics?", "ExportAnalytics?scope=brands&")) {
            String query = "/api/admin/" + route + parameter + "=";
            assertThat(acme.get(query + TestClient.encode(allowed)).status()).isEqualTo(200);
            Answer refused = acme.get(query + TestClient.encode(beyond));
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
            assertThat(refused.error()).isEqualTo(words);
            assertThat(refused.json().path("field").asText()).isEqualTo(parameter);
        }
    }

    @ParameterizedTest
    @CsvSource({"all", "Brands", "account"})
    void scopes(String scope) {
        Answer refused = acme.get("/api/admin/ExportAnalytics?scope=" + scope);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("scope must be brands, or absent");
    }

    @ParameterizedTest
    @CsvSource({"FREE,0,0,403", "PRO,90,30,200", "PREMIUM,365,30,200", "ENTERPRISE,180,30,200"})
    void whatATierSees(Tier tier, int days, int daysOfRedirects, int export) {
        world.tier(world.acme(), tier);
        JsonNode visits = acme.get("/api/admin/GetAnalytics").json();
        assertThat(visits.path("hasAdvancedAnalytics").asBoolean()).isEqualTo(days > 0);
        assertThat(visits.path("viewsByDay")).hasSize(days);
        assertThat(visits.path("clicksByDay")).hasSize(days);
        JsonNode redirects = acme.get("/api/admin/getShortLinkAnalytics").json();
        assertThat(redirects.path("hasAdvancedAnalytics").asBoolean()).isEqualTo(daysOfRedirects > 0);
        assertThat(redirects.path("redirectsByDay")).hasSize(daysOfRedirects);
        assertThat(acme.get("/api/admin/ExportAnalytics").status()).isEqualTo(export);
    }
}
