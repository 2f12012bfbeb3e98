package dev.banyan.accounts.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Tier;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The subscription page on a server whose plans are changed by operators; for owners who change their own see
/// `SubscriptionTest` in a browser.
@QuarkusTest
class SubscriptionPageResourceTest {

    private static final String BANNER = "Authentication and management features are disabled.";

    @Inject
    TestWorld world;

    private TestClient acme() {
        return TestClient.of(world.acme()).onPagesOf(world.acme());
    }

    /// The seed's "Example Pricing Scenarios".
    @ParameterizedTest
    @CsvSource({
        "free, agency-basic, 1, 0, 0, $25, '3 brands, 0 used', Free",
        "pro, agency-pro, 0, 1, 0, $70, '10 brands, 0 used', Pro",
        "premium, agency-premium, 0, 0, 2, $260, '50 brands, 0 used', Premium",
    })
    void theSumIsShownBeforeAnythingChanges(
            String tier, String permission, int packs3, int packs10, int packs25, String sum, String room, String at) {
        String page = TestClient.of(world.solo())
                .get("/admin/subscription?tier=" + tier + "&agencyPermission=" + permission + "&packs3=" + packs3
                        + "&packs10=" + packs10 + "&packs25=" + packs25)
                .text();
        assertThat(page).contains("id=\"total\">" + sum + "</td>", room, "Brands get " + at);
        assertThat(page).contains("You pay $0 a month now.", "Ask your server operator");
        assertThat(page)
                .contains("Please change the plan for @" + world.solo().username() + " to "
                        + tier.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                        + tier.substring(1)
                        + " tier");
        assertThat(planOfSolo()).isEqualTo("free");
    }

    @Test
    void aYearCostsTenMonths() {
        assertThat(acme().get("/admin/subscription?billingCycle=annual").text())
                .contains("id=\"total\">$700</td>", "Per year (two months free)", "You pay $70 a month now.");
    }

    @Test
    void whatHasNoPriceCanBeAskedFor() {
        assertThat(acme().get("/admin/subscription?tier=enterprise").text())
                .contains("id=\"total\">Ask us</td>", "a price on request");
    }

    @Test
    void whatThereIsIsShown() {
        world.north();
        String page = acme().get("/admin/subscription").text();
        assertThat(page)
                .contains(
                        "Pro tier with Agency-Pro, 10-pack. Active, with no end date.",
                        "This is your current plan.",
                        "10 brands, 1 used",
                        "Compare all plans",
                        "Video and image backgrounds")
                .containsPattern("id=\"tier-pro\"[^>]*checked")
                .doesNotContain("Ask your server operator");
    }

    @ParameterizedTest
    @CsvSource({
        "tier, gold, Choose a plan from the list.",
        "agencyPermission, agency, Choose a permission from the list.",
        "packs3, 100, Enter a number from 0 to 99.",
        "packs10, -1, Enter a number from 0 to 99.",
        "packs25, 1.5, Enter a number from 0 to 99.",
        "billingCycle, weekly, Choose monthly or annual.",
    })
    void badChoicesAreSaid(String field, String value, String said) {
        Answer refused = acme().get("/admin/subscription?" + field + "=" + TestClient.encode(value));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("calculate the price yet.", said);
        var form = new LinkedHashMap<>(PREMIUM);
        form.put("as", world.acme().username());
        form.put(field, value);
        assertThat(acme().form("/admin/subscription", form).status()).isEqualTo(422);
    }

    private static final Map<String, String> PREMIUM = Map.of(
            "tier", "premium",
            "agencyPermission", "agency-premium",
            "packs3", "1",
            "packs10", "1",
            "packs25", "0",
            "billingCycle", "monthly");

    @Test
    void ownersChangeNothingWhereOperatorsDo() {
        var form = new LinkedHashMap<>(PREMIUM);
        form.put(
                "seen",
                "tier=premium&agencyPermission=agency-premium&packs3=1&packs10=1&packs25=0&billingCycle=monthly");
        for (String path : List.of("/admin/subscription", "/admin/subscription/downgrade")) {
            Answer answer = acme().form(path, form);
            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.location()).startsWith("/admin/subscription?as=").contains("tier=premium");
        }
        assertThat(acme().get("/admin/subscription").text()).contains("Pro tier with Agency-Pro, 10-pack.");
    }

    @Test
    void aBrandHasNoSubscription() {
        String north = world.north().username();
        assertThat(acme().get("/admin/subscription?as=" + north).text()).contains(BANNER);
        for (String path :
                List.of("/admin/subscription", "/admin/subscription/downgrade", "/admin/subscription/keep")) {
            var form = new LinkedHashMap<>(PREMIUM);
            form.put("as", north);
            Answer refused = acme().form(path, form);
            assertThat(refused.status()).as(path).isEqualTo(403);
            assertThat(refused.text()).contains(BANNER);
        }
        for (String path : List.of("/admin/subscription/downgrade", "/admin/subscription/keep")) {
            assertThat(acme().get(path + "?as=" + north).status()).as(path).isEqualTo(403);
        }
    }

    @Test
    void theClientsPagesAfterPaymentLeadHere() {
        for (String page : List.of("success?session_id=cs_1", "cancel")) {
            Answer answer = acme().get("/admin/subscription/" + page);
            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.location())
                    .isEqualTo("/admin/subscription?as=" + world.acme().username());
        }
        assertThat(TestClient.anonymous().get("/admin/subscription/success").location())
                .startsWith("/login");
    }

    @Test
    void theOwnerChoosesWhichBrandsStay() {
        fourBrandsInAThreePack();
        String page = acme().get("/admin/subscription").text();
        assertThat(page).contains("1 brand is read-only until", "Choose which stay", "Add 3-pack, $15 a month");
        assertThat(readOnly()).containsExactly(world.name("brand") + "-4");
        assertThat(acme().get("/admin/subscription/keep").text())
                .contains("Which 3 brands do you want to keep?", "You can keep 3 of 4 brands.");

        Answer done = keep(1, 3, 4);
        assertThat(done.status()).as(done.toString()).isEqualTo(303);
        assertThat(readOnly()).containsExactly(world.name("brand") + "-2");
        assertThat(acme().get(done.location()).text()).contains("Choice saved");
        assertThat(keep(4).status()).isEqualTo(303);
        assertThat(readOnly()).as("the oldest fill the room").containsExactly(world.name("brand") + "-3");
    }

    @Test
    void aChoiceThatCannotBeIsRefused() {
        fourBrandsInAThreePack();
        Answer many = keep(1, 2, 3, 4);
        assertThat(many.status()).isEqualTo(422);
        assertThat(many.text()).contains("You can keep 3, and you chose 4.");
        String foreign = world.east().username();
        for (String name : List.of(foreign, "nobody-at-all")) {
            Answer refused = acme().form("/admin/subscription/keep", "keep", name);
            assertThat(refused.status()).as(name).isEqualTo(422);
            assertThat(refused.text()).contains("“" + name + "” isn&#39;t one of your brands.");
        }
        assertThat(readOnly()).containsExactly(world.name("brand") + "-4");
    }

    private Answer keep(int... brands) {
        var names = new StringBuilder();
        for (int brand : brands) {
            names.append(world.name("brand")).append('-').append(brand).append('\n');
        }
        return acme().form("/admin/subscription/keep", "keepNames", names.toString());
    }

    private void fourBrandsInAThreePack() {
        for (int i = 1; i <= 4; i++) {
            Answer made = acme().post(
                            "/api/admin/CreateSubAccount",
                            Map.of("username", world.name("brand") + "-" + i, "displayName", "Brand " + i));
            assertThat(made.status()).as(made.toString()).isEqualTo(200);
        }
        world.plan(world.acme(), Tier.PRO, AgencyPermission.PRO, Map.of(Pack.THREE, 1));
    }

    private List<String> readOnly() {
        return world.select(
                "SELECT username FROM accounts WHERE parent_id = ? AND suspends_at IS NOT NULL ORDER BY username",
                world.acme().account().toString());
    }

    private String planOfSolo() {
        return world.select(
                        "SELECT tier FROM accounts WHERE id = ?",
                        world.solo().account().toString())
                .getFirst();
    }
}
