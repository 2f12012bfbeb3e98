package dev.banyan.accounts.operator;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class OperatorAccountsTest {

    private static final Map<String, String> AGENCY = Map.of(
            "tier", "premium", "agencyPermission", "agency-premium", "packs3", "1", "packs10", "0", "packs25", "2");

    @Inject
    TestWorld world;

    private TestClient operator = TestClient.anonymous();

    @BeforeEach
    void theOperatorSignsIn() {
        operator = TestClient.withSession(world.operatorToken());
    }

    private String page() {
        return "/operator/accounts/" + world.solo().account();
    }

    private List<String> plan() {
        return world.select(
                "SELECT tier || ' ' || COALESCE(agency_permission, 'none') || ' ' || COALESCE((SELECT GROUP_CONCAT("
                        + "quantity || 'x' || size, '+') FROM packs WHERE tenant_id = accounts.id), '')"
                        + " FROM accounts WHERE id = ?",
                world.solo().account().toString());
    }

    @Test
    void theFormGivesAPlan() {
        assertThat(operator.get(page()).status()).isEqualTo(200);
        Answer saved = operator.form(page(), AGENCY);
        assertThat(saved.status()).as(saved.toString()).isEqualTo(303);
        assertThat(saved.location()).startsWith(page() + "?");
        assertThat(plan()).containsExactly("premium agency-premium 1x3+2x25");
        String shown = operator.get(saved.location()).text();
        assertThat(shown).contains("Plan saved", "value=\"premium\" selected", "value=\"agency-premium\" selected");
        assertThat(TestClient.of(world.solo())
                        .get("/api/admin/GetSubAccounts")
                        .json()
                        .at("/limits/maxSubAccounts")
                        .asInt())
                .isEqualTo(53);
        Answer created = TestClient.of(world.solo())
                .post("/api/admin/CreateSubAccount", Map.of("username", world.name("brand"), "displayName", "Brand"));
        assertThat(created.status()).as(created.toString()).isEqualTo(200);
    }

    @Test
    void aPlanCanBeTakenAway() {
        operator.form(page(), AGENCY);
        Map<String, String> nothing =
                Map.of("tier", "free", "agencyPermission", "none", "packs3", "0", "packs10", "0", "packs25", "0");
        Answer asked = operator.form(page(), nothing);
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.text()).contains("Change the plan of", "name=\"confirmed\" value=\"yes\"");
        assertThat(plan()).containsExactly("premium agency-premium 1x3+2x25");
        var confirmed = new LinkedHashMap<>(nothing);
        confirmed.put("confirmed", "yes");
        Answer saved = operator.form(page(), confirmed);
        assertThat(saved.status()).isEqualTo(303);
        assertThat(plan()).containsExactly("free none ");
    }

    @Test
    void theActIsAudited() {
        operator.form(page(), AGENCY);
        assertThat(world.select(
                        "SELECT action || ' ' || details FROM audit_events WHERE target = ? AND action = 'PlanChanged'"
                                + " AND identity_id = (SELECT identity_id FROM operators)",
                        world.solo().account().toString()))
                .containsExactly(
                        "PlanChanged {\"agencyPermission\":\"agency-premium\",\"packs\":\"3-pack, 2 x 25-pack\",\"tier\":\"premium\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "tier, gold",
        "tier, ''",
        "tier, PRO",
        "agencyPermission, agency",
        "agencyPermission, ''",
        "packs3, -1",
        "packs3, 100",
        "packs10, 1.5",
        "packs10, x",
        "packs25, ''",
        "packs25, ' 1'",
        "packs25, '\u0661'",
    })
    void badValuesAreSaidAtTheirField(String field, String value) {
        var form = new LinkedHashMap<>(AGENCY);
        form.put(field, value);
        Answer refused = operator.form(page(), form);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        assertThat(refused.text()).containsPattern("id=\"" + field + "\"[^>]*aria-invalid=\"true\"");
        assertThat(plan()).containsExactly("free none ");
    }

    @Test
    void onlyRootAccountsHavePlans() {
        for (String id : List.of(world.north().id().toString(), "018f0000-0000-7000-8000-000000000000", "nonsense")) {
            assertThat(operator.get("/operator/accounts/" + id).status()).as(id).isEqualTo(404);
            assertThat(operator.form("/operator/accounts/" + id, AGENCY).status())
                    .as(id)
                    .isEqualTo(404);
        }
        assertThat(world.select(
                        "SELECT agency_permission FROM accounts WHERE id = ?",
                        world.north().id().toString()))
                .containsOnlyNulls();
    }

    @Test
    void theListFindsAccounts() {
        for (String search : List.of(
                world.solo().username(),
                world.solo().email(),
                world.solo().username().toUpperCase(java.util.Locale.ROOT))) {
            String found = operator.get("/operator/accounts?q=" + TestClient.encode(search))
                    .text();
            assertThat(found).as(search).contains(world.solo().account().toString());
        }
        assertThat(operator.get("/operator/accounts?q=%25").text())
                .doesNotContain(world.solo().account().toString());
        world.north();
        assertThat(operator.get("/operator/accounts?q=" + world.north().username())
                        .text())
                .doesNotContain("/operator/accounts/" + world.north().id());
    }

    @Test
    void theListHasPages() {
        String solo = "/operator/accounts/" + world.solo().account();
        String rival = "/operator/accounts/" + world.rival().account();
        assertThat(operator.get("/operator/accounts").text()).containsSubsequence(rival, solo);
        assertThat(operator.get("/operator/accounts?after=" + world.rival().account())
                        .text())
                .contains(solo)
                .doesNotContain(rival);
    }

    @Test
    void forEverybodyElseThereIsNoSuchPage() {
        var acme = TestClient.of(world.acme());
        for (String path : List.of("/operator/accounts", page())) {
            assertThat(acme.get(path).status()).isEqualTo(404);
            assertThat(acme.get(path).text()).doesNotContain(world.solo().username());
            assertThat(TestClient.anonymous().get(path).location()).startsWith("/login");
        }
        assertThat(acme.form(page(), AGENCY).status()).isEqualTo(404);
        assertThat(TestClient.of(world.solo()).form(page(), AGENCY).status()).isEqualTo(404);
        assertThat(TestClient.anonymous().form(page(), AGENCY).status()).isEqualTo(303);
        assertThat(plan()).containsExactly("free none ");
    }

    @Test
    void whoIsNoLongerOperatorIsOut() {
        world.sql("CREATE TEMPORARY TABLE IF NOT EXISTS kept AS SELECT * FROM operators");
        world.sql("DELETE FROM operators");
        try {
            assertThat(operator.get("/operator/accounts").status()).isEqualTo(404);
        } finally {
            world.sql("INSERT INTO operators SELECT * FROM kept");
            world.sql("DROP TABLE kept");
        }
        assertThat(operator.get("/operator/accounts").status()).isEqualTo(200);
    }

    @Test
    void thePlanEndsAndBeginsWithItsStatus() {
        world.north();
        String acme = "/operator/accounts/" + world.acme().account();
        Map<String, String> bought =
                Map.of("tier", "pro", "agencyPermission", "agency-pro", "packs3", "0", "packs10", "1", "packs25", "0");
        for (String ended : List.of("expired", "suspended")) {
            var form = new LinkedHashMap<>(bought);
            form.put("status", ended);
            Answer asked = operator.form(acme, form);
            assertThat(asked.text())
                    .as(ended)
                    .contains("Change the plan of", "North", "read-only until", "Free limits apply");
            assertThat(readOnly()).as("before it was confirmed").isEqualTo("0");
            form.put("confirmed", "yes");
            assertThat(operator.form(acme, form).status()).isEqualTo(303);
            assertThat(readOnly()).as(ended).isEqualTo("1");
            assertThat(operator.get(acme).text()).contains("1 brand is read-only until");
            form.put("status", "active");
            assertThat(operator.form(acme, form).status()).isEqualTo(303);
            assertThat(readOnly()).as("active again").isEqualTo("0");
        }
    }

    @Test
    void aCancelledPlanHoldsUntilItsDay() {
        world.north();
        String acme = "/operator/accounts/" + world.acme().account();
        var form = new LinkedHashMap<>(
                Map.of("tier", "pro", "agencyPermission", "agency-pro", "packs3", "0", "packs10", "1", "packs25", "0"));
        form.put("status", "cancelled");
        form.put("nextBilling", "2999-01-01");
        assertThat(operator.form(acme, form).status()).as("nothing is lost yet").isEqualTo(303);
        assertThat(operator.get(acme).text()).contains("Canceled, active until Jan 1, 2999.");
        assertThat(readOnly()).isEqualTo("0");
        form.put("nextBilling", "2000-01-01");
        assertThat(operator.form(acme, form).text()).contains("Change the plan of");
    }

    @Test
    void aPlanIsPaidUntilADayInTheTimeZoneOfTheAccount() {
        TestWorld.Person zoned = world.person("zoned");
        world.sql(
                "UPDATE accounts SET time_zone = 'Asia/Dubai' WHERE id = ?",
                zoned.account().toString());
        String page = "/operator/accounts/" + zoned.account();
        var form = new LinkedHashMap<>(AGENCY);
        form.put("nextBilling", "2999-01-02");
        assertThat(operator.form(page, form).status()).isEqualTo(303);
        assertThat(Instant.ofEpochMilli(world.count(
                        "SELECT next_billing_at FROM subscriptions WHERE tenant_id = ?",
                        zoned.account().toString())))
                .isEqualTo("2999-01-01T20:00:00Z");
        assertThat(operator.get(page).text())
                .contains("value=\"2999-01-02\"", "in the time zone of the account (Asia/Dubai)");
    }

    @ParameterizedTest
    @CsvSource({
        "status, ended",
        "status, ''",
        "nextBilling, tomorrow",
        "nextBilling, 1999-12-31",
        "nextBilling, 3000-01-01",
        "billingCycle, weekly"
    })
    void badStandingIsSaidAtItsField(String field, String value) {
        var form = new LinkedHashMap<>(AGENCY);
        form.put(field, value);
        Answer refused = operator.form(page(), form);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).containsPattern("id=\"" + field + "\"[^>]*aria-invalid=\"true\"");
        assertThat(plan()).containsExactly("free none ");
    }

    @Test
    void thePreviewChangesNothing() {
        String preview = operator.get(page() + "?tier=premium&agencyPermission=agency-premium&packs25=2")
                .text();
        assertThat(preview).contains("$260", "50 brands, 0 used");
        assertThat(plan()).containsExactly("free none ");
        assertThat(operator.get(page() + "?packs3=x").status()).isEqualTo(422);
    }

    private String readOnly() {
        return world.select(
                        "SELECT COUNT(*) FROM accounts WHERE parent_id = ? AND suspends_at IS NOT NULL",
                        world.acme().account().toString())
                .getFirst();
    }
}
