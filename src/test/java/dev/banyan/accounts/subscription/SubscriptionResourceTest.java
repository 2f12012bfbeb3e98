package dev.banyan.accounts.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.plans.SubscriptionStatus;
import dev.banyan.platform.audit.Actor;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The client's subscription routes on a server whose plans are changed by operators.
@QuarkusTest
class SubscriptionResourceTest {

    @Inject
    TestWorld world;

    @Inject
    Subscriptions subscriptions;

    @Test
    void theSubscriptionIsAsTheClientReadsIt() {
        world.north();

        JsonNode shown = subscription();

        assertThat(shown.path("currentTier").asText()).isEqualTo("pro");
        assertThat(shown.path("effectiveTier").asText()).isEqualTo("pro");
        assertThat(shown.path("status").asText()).isEqualTo("active");
        assertThat(shown.path("isTrial").isBoolean()).isTrue();
        assertThat(shown.path("hasAccess").asBoolean()).isTrue();
        assertThat(shown.path("SubscriptionQuantity").asInt()).isEqualTo(11);
        assertThat(shown.path("SubAccountLimit").asInt()).isEqualTo(10);
        assertThat(shown.path("usedSubAccounts").asInt()).isEqualTo(1);
        assertThat(shown.path("amount").isNumber())
                .as("the client calls toFixed")
                .isTrue();
        assertThat(shown.path("amount").decimalValue()).isEqualByComparingTo("70");
        assertThat(shown.path("currency").asText()).isEqualTo("USD");
        assertThat(shown.path("billingCycle").asText()).isEqualTo("monthly");
        assertThat(shown.path("agencyPermission").asText()).isEqualTo("agency-pro");
        assertThat(shown.path("subAccountPackSize").asInt()).isEqualTo(10);
        assertThat(shown.at("/packs/0/size").asInt()).isEqualTo(10);
        assertThat(shown.at("/limits/maxLinks").asInt()).isEqualTo(50);
        assertThat(shown.at("/limits/apiRequestsPerDay").asInt()).isEqualTo(10_000);
        assertThat(shown.at("/features/whiteLabel").asBoolean(true)).isFalse();
        assertThat(shown.at("/features/apiAccess").asBoolean()).isTrue();
        assertThat(shown.has("grace")).isFalse();
        assertThat(shown.has("message")).as("a message would raise a toast").isFalse();
    }

    @Test
    void aNewAccountIsFree() {
        JsonNode shown =
                TestClient.of(world.solo()).get("/admin/getsubscription").json();

        assertThat(shown.path("currentTier").asText()).isEqualTo("free");
        assertThat(shown.path("amount").decimalValue()).isEqualByComparingTo("0");
        assertThat(shown.path("SubAccountLimit").asInt()).isZero();
        assertThat(shown.has("agencyPermission")).isFalse();
    }

    @Test
    void aCancelledOneSaysUntilWhen() {
        Instant end = Instant.parse("2099-01-01T00:00:00Z");
        status(SubscriptionStatus.CANCELLED, end);

        JsonNode shown = subscription();

        assertThat(shown.path("status").asText()).isEqualTo("cancelled");
        assertThat(shown.path("accessUntil").asText()).isEqualTo("2099-01-01T00:00:00Z");
        assertThat(shown.path("cancelAt").asText()).isEqualTo("2099-01-01T00:00:00Z");
        assertThat(shown.path("hasAccess").asBoolean()).isTrue();
        status(SubscriptionStatus.SUSPENDED, end);
        assertThat(subscription().path("hasAccess").asBoolean(true)).isFalse();
        assertThat(subscription().path("effectiveTier").asText()).isEqualTo("free");
        assertThat(subscription().path("currentTier").asText()).isEqualTo("pro");
        assertThat(TestClient.of(world.acme())
                        .get("/api/me")
                        .json()
                        .at("/data/user/tier")
                        .asText())
                .isEqualTo("free");
    }

    @Test
    void duringAGraceItSaysWhoIsReadOnly() {
        world.north();
        world.plan(world.acme(), Tier.PRO, AgencyPermission.PRO, Map.of());

        JsonNode grace = subscription().path("grace");

        assertThat(grace.path("readOnly")).hasSize(1);
        assertThat(grace.at("/readOnly/0").asText()).isEqualTo(world.north().username());
        assertThat(Duration.between(
                        Instant.parse(grace.path("startedAt").asText()),
                        Instant.parse(grace.path("endsAt").asText())))
                .isEqualTo(Duration.ofDays(30));
        Answer refused = TestClient.of(world.acme())
                .post(
                        "/api/admin/CreatePage?subAccountId=" + world.north().id(),
                        Map.of("slug", "main", "name", "Main"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error()).contains("read-only until");
        world.plan(world.acme(), Tier.PRO, AgencyPermission.PRO, Map.of(Pack.THREE, 1));
        assertThat(subscription().has("grace")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "pro, annual, 1, '&tier=pro&billingCycle=annual'",
        "premium, monthly, 11, '&tier=premium&billingCycle=monthly&agencyPermission=agency-premium&packs3=0&packs10=1&packs25=0'",
        "pro, monthly, 4, '&tier=pro&billingCycle=monthly&agencyPermission=agency-pro&packs3=1&packs10=0&packs25=0'",
        "pro, monthly, 7, '&tier=pro&billingCycle=monthly&agencyPermission=agency-pro&packs3=2&packs10=0&packs25=0'",
        "pro, monthly, 25, '&tier=pro&billingCycle=monthly&agencyPermission=agency-pro&packs3=0&packs10=0&packs25=1'",
        "enterprise, monthly, 50, '&tier=enterprise&billingCycle=monthly&agencyPermission=agency-premium&packs3=0&packs10=0&packs25=2'",
    })
    void checkoutLeadsToOurPageAndChangesNothing(String tier, String cycle, int quantity, String query) {
        Answer answer = TestClient.of(world.acme())
                .post(
                        "/api/admin/createCheckoutSession",
                        Map.of("tier", tier, "billingCycle", cycle, "quantity", quantity));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("sessionId").asText()).isNotBlank();
        assertThat(answer.json().path("checkoutUrl").asText())
                .endsWith("/admin/subscription?as=" + world.acme().username() + query);
        assertThat(subscription().path("currentTier").asText()).isEqualTo("pro");
    }

    @ParameterizedTest
    @CsvSource({
        "tier, gold, tier",
        "tier, free, tier",
        "tier, '', tier",
        "billingCycle, weekly, billing cycle",
        "quantity, 0, quantity",
        "quantity, 51, quantity",
    })
    void checkoutRefusesWhatCannotBeBought(String field, String value, String named) {
        Map<String, Object> body = new HashMap<>(Map.of("tier", "pro", "billingCycle", "monthly", "quantity", 1));
        body.put(field, field.equals("quantity") ? Integer.valueOf(value) : value);

        Answer answer = TestClient.of(world.acme()).post("/api/admin/createCheckoutSession", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).startsWith("Invalid " + named);
        assertThat(answer.json().path("field").asText()).isEqualTo(field);
    }

    @Test
    void thePortalIsOurPage() {
        Answer answer = TestClient.of(world.acme()).post("/api/admin/createPortalSession", "{}");

        assertThat(answer.json().path("portalUrl").asText())
                .endsWith("/admin/subscription?as=" + world.acme().username());
    }

    @Test
    void ownersDoNotChangePlansHere() {
        var acme = TestClient.of(world.acme());

        Answer upgrade =
                acme.post("/api/admin/upgradeSubscription", Map.of("tier", "enterprise", "billingCycle", "monthly"));
        Answer downgrade = acme.post(
                "/api/admin/executeDowngrade", Map.of("userId", "", "targetTier", "free", "userConfirmed", true));

        assertThat(upgrade.status()).isEqualTo(403);
        assertThat(downgrade.status()).isEqualTo(403);
        assertThat(upgrade.error()).isEqualTo("Plans are changed by the people who run this server");
        assertThat(subscription().path("currentTier").asText()).isEqualTo("pro");
        assertThat(subscription().path("ownerMayChange").asBoolean(true)).isFalse();
    }

    @Test
    void aPreviewSaysWhatADowngradeTakes() {
        world.north();
        Answer preview = TestClient.of(world.acme())
                .post("/api/admin/previewDowngrade", Map.of("userId", "", "targetTier", "free"));

        assertThat(preview.status()).as(preview.toString()).isEqualTo(200);
        assertThat(preview.json().path("amountBefore").decimalValue()).isEqualByComparingTo("70");
        assertThat(preview.json().path("amountAfter").decimalValue()).isEqualByComparingTo("60");
        assertThat(preview.json().path("featuresLost").toString()).contains("apiAccess");
        assertThat(preview.json().at("/limits/maxPages").asInt()).isEqualTo(1);
        assertThat(preview.json().has("message")).isFalse();
        assertThat(subscription().path("currentTier").asText()).isEqualTo("pro");
        for (String target : List.of("pro", "enterprise", "gold", "")) {
            assertThat(TestClient.of(world.acme())
                            .post("/api/admin/previewDowngrade", Map.of("targetTier", target))
                            .error())
                    .isEqualTo("targetTier must be a tier below pro");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GetSubscription",
                "createCheckoutSession",
                "createPortalSession",
                "upgradeSubscription",
                "previewDowngrade",
                "executeDowngrade"
            })
    void aSubAccountHasNoSubscription(String route) {
        String path = "/api/admin/" + route + "?UserId=" + world.north().id();
        var acme = TestClient.of(world.acme());

        Answer refused = route.startsWith("Get")
                ? acme.get(path)
                : acme.post(path, route.endsWith("Downgrade") ? Map.of("targetTier", "free") : Map.of("tier", "pro"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error())
                .isEqualTo("This is a sub-account managed by " + world.acme().username()
                        + ". Authentication and management features are disabled.");
    }

    private JsonNode subscription() {
        Answer answer = TestClient.of(world.acme()).get("/api/admin/GetSubscription");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private void status(SubscriptionStatus status, Instant end) {
        subscriptions.setStatus(Actor.SERVER, world.acme().account(), status, Optional.of(end));
    }
}
