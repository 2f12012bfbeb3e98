package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import module java.base;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.RequestOptions;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The price and the effects of a plan before a change, both where owners change it and where operators do.
@BrowserTest
class SubscriptionTest {

    private static final String PASSWORD = "a quiet harbour at dawn";

    private final Stage stage;

    SubscriptionTest(Stage stage) {
        this.stage = stage;
    }

    /// The seed's "Example Pricing Scenarios", selected by hand, and bought.
    @ParameterizedTest
    @CsvSource({
        "small, free, Agency-Basic, 3-pack, 1, $25, 'Free tier with Agency-Basic, 3-pack.', '3 brands, 0 used'",
        "medium, pro, Agency-Pro, 10-pack, 1, $70, 'Pro tier with Agency-Pro, 10-pack.', '10 brands, 0 used'",
        "large, premium, Agency-Premium, 25-pack, 2, $260, 'Premium tier with Agency-Premium, 2 x 25-pack.',"
                + " '50 brands, 0 used'",
    })
    void theSumIsThereBeforeAnythingChanges(
            String name,
            String tier,
            String permission,
            String pack,
            String packs,
            String sum,
            String plan,
            String room) {
        Window window = owner(name);
        window.menu("Plan").click();
        window.assertHeading("Plan");
        window.find("#tier-" + tier).check();
        window.find("label.choice").getByText(permission).click();
        window.find(".choice").getByLabel(pack).fill(packs);
        assertThat(window.find("#total")).hasText(sum);
        assertThat(window.find("#before")).containsText(room);
        assertThat(window.find("#before")).containsText("You pay $0 a month now.");
        window.look("subscription-" + name);
        window.button("Change to " + sum + " a month").click();
        assertThat(window.find(".toast")).containsText("Plan changed");
        assertThat(window.find(".page-head")).containsText(plan);
        assertThat(window.find("#before")).containsText("This is your current plan.");
    }

    /// The real client's calls, with the cookie of the page.
    @Test
    void programsChangeThePlanWhereOwnersMay() {
        Window window = owner("program");
        String user = "/api/admin/";

        APIResponse upgraded =
                post(window, user + "upgradeSubscription", Map.of("tier", "premium", "billingCycle", "annual"));
        assertThat(upgraded).isOK();
        Assertions.assertThat(upgraded.text()).contains("\"tier\":\"premium\"", "\"billingCycle\":\"annual\"");
        APIResponse unpriced = post(window, user + "upgradeSubscription", Map.of("tier", "enterprise"));
        Assertions.assertThat(unpriced.status()).isEqualTo(400);
        Assertions.assertThat(unpriced.text()).contains("This plan has no price here");

        var downgrade = Map.of("userId", "", "targetTier", "free");
        Assertions.assertThat(post(window, user + "executeDowngrade", downgrade).text())
                .contains("userConfirmed must be true");
        assertThat(post(
                        window,
                        user + "executeDowngrade",
                        Map.of("userId", "", "targetTier", "free", "userConfirmed", true)))
                .isOK();
        Assertions.assertThat(
                        window.page().request().get(user + "GetSubscription").text())
                .contains("\"currentTier\":\"free\"");
    }

    private static APIResponse post(Window window, String path, Map<String, ?> body) {
        return window.page().request().post(path, RequestOptions.create().setData(body));
    }

    @Test
    void theSumFollowsTheChoiceAndIsSaid() {
        Window window = owner("live");
        String account = window.username();
        window.go("/admin/subscription?as=" + account + "&tier=pro&agencyPermission=agency-premium&packs10=1");
        assertThat(window.find("#total")).hasText("$80");
        assertThat(window.find("#agency-agency-premium-t")).hasText("Brands get Pro until your own plan is Premium");
        window.find("#tier-premium").check();
        assertThat(window.find("#total")).hasText("$100");
        assertThat(window.find("#agency-agency-premium-t")).hasText("Brands get Premium");
        assertThat(window.find("#live")).containsText("$100 a month. 10 brands, 0 used");
        window.assertFocus("#tier-premium");
        window.find("label.choice").getByText("Annual").click();
        assertThat(window.find("#total")).hasText("$1,000");
        window.find("#packs10").fill("100");
        assertThat(window.find("#before")).containsText("Enter a number from 0 to 99.");
        window.look("subscription-incomplete");
        window.find("#packs10").fill("2");
        assertThat(window.find("#total")).hasText("$1,400");
        window.press("Enter"); // shows the total, without changing anything
        assertThat(window.find("#packs10")).hasValue("2");
        assertThat(window.find(".page-head")).containsText("Free tier. Active, with no end date.");
        window.find("#tier-enterprise").check();
        assertThat(window.find("#total")).hasText("Ask us");
        assertThat(window.find("#asking")).containsText("Enterprise tier with Agency-Premium, 2 x 10-pack");
        window.page().reload();
        assertThat(window.find("#tier-enterprise")).isChecked();
    }

    @Test
    void brandsWithoutRoomAreChosenAndComeBack() {
        Window window = owner("choice");
        String account = window.username();
        buy(window, account, "pro", "agency-pro", 2);
        for (int i = 1; i <= 5; i++) {
            window.createBrand(account, account + "-" + i, "Brand " + i);
        }
        window.go("/admin/subscription?as=" + account);
        window.find("#packs3").fill("1");
        assertThat(window.find("#before")).containsText("2 brands read-only until");
        assertThat(window.find("#before")).containsText("Brand 4, Brand 5");
        window.button("Change to $45 a month…").click();

        window.assertHeading("Change to Pro tier with Agency-Pro, 3-pack?");
        assertThat(window.find(".stay input:checked")).hasCount(3);
        window.look("subscription-downgrade");
        window.find(".stay").getByLabel("Brand 5").check();
        window.button("Change to $45 a month").click();
        assertThat(window.find("#problem")).containsText("You can keep 3, and you chose 4.");
        window.look("subscription-downgrade-refused");
        window.find(".stay").getByLabel("Brand 1").uncheck();
        window.button("Change to $45 a month").click();
        assertThat(window.find(".toast")).containsText("Plan changed");
        assertThat(window.find("#grace")).containsText("2 brands are read-only until");
        assertThat(window.find("#grace p")).containsText("Brand 1, Brand 4.");

        stage.openServer().letGracePass(window.accountId(), 7);
        window.page().reload();
        assertThat(window.find("#grace meter")).hasAttribute("value", "7");
        assertThat(window.find("#grace [aria-current=step]")).hasText("7");
        window.look("subscription-grace");
        window.link("Choose which stay…").click();
        window.assertHeading("Brands to keep");
        window.look("subscription-keep");
        window.find(".stay").getByLabel("Brand 2").uncheck();
        window.find(".stay").getByLabel("Brand 1").check();
        window.button("Keep brands").click();
        assertThat(window.find("#grace p")).containsText("Brand 2, Brand 4.");

        window.link("Add 3-pack, $15 a month").click();
        assertThat(window.find("#total")).hasText("$60");
        assertThat(window.find("#before")).containsText("2 brands come back right away: Brand 2, Brand 4");
        window.button("Change to $60 a month").click();
        assertThat(window.find(".toast")).containsText("Plan changed");
        assertThat(window.find("#grace")).hasCount(0);
        window.go("/admin/subscription/keep?as=" + account);
        assertThat(window.find("main")).containsText("You can keep all brands");
        window.look("subscription-keep-all");
    }

    @Test
    void scriptsAreNotNeeded() {
        Window prepared = owner("plainplan");
        String account = prepared.username();
        buy(prepared, account, "pro", "agency-pro", 1);
        prepared.createBrand(account, account + "-1", "Harbour Coffee");
        Window window = stage.windowOfOpenServer(false);
        window.signInQuietly(new Login(account, account, PASSWORD));
        window.go("/admin/subscription?as=" + account);
        window.find("#packs3").fill("0");
        window.find("#packs10").fill("1");
        window.button("Preview").click();
        assertThat(window.find("#total")).hasText("$70");
        window.find("#packs10").fill("2");
        window.button("Change to $70 a month").click();
        assertThat(window.find("#total")).hasText("$110"); // only a confirmed change is made
        assertThat(window.find(".page-head")).containsText("Pro tier with Agency-Pro, 3-pack.");
        window.button("Change to $110 a month").click();
        assertThat(window.find(".page-head")).containsText("Pro tier with Agency-Pro, 2 x 10-pack.");

        window.find("label.choice").getByText("None").click();
        window.button("Preview").click();
        assertThat(window.find("#before")).containsText("1 brand read-only until");
        window.find("#before button").click();
        window.assertHeading("Change to Pro tier with 2 x 10-pack?");
        window.look("plain-subscription-downgrade");
        window.find("form .danger").click();
        assertThat(window.find("#grace")).containsText("Harbour Coffee");
        window.look("plain-subscription");
    }

    @Test
    void whereOperatorsChangePlansOneAsksThem() {
        Window window = stage.agency("asking", 1);
        String account = window.username();
        window.go("/admin/subscription?as=" + account + "&packs3=0&packs10=1");
        assertThat(window.find("#asking"))
                .containsText("Please change the plan for @" + account
                        + " to Pro tier with Agency-Pro, 10-pack, paid monthly: $70 a month.");
        assertThat(window.find("#before button[type=submit]")).hasCount(0);
        window.look("subscription-ask");
        window.find("#table summary").click();
        assertThat(window.find("#table tbody tr")).hasCount(24);
        window.look("subscription-table");
        window.createBrand(account, account + "-1", "Harbour Coffee");
        window.go("/admin/subscription?as=" + account + "-1");
        assertThat(window.find("main")).containsText("This is a sub-account managed by " + account + ".");
        assertThat(window.menu("Plan")).hasCount(0);
    }

    @Test
    void operatorsAreAskedBeforeTheyTakeAway() {
        Window owner = stage.agency("operated", 1);
        String account = owner.username();
        owner.createBrand(account, account + "-1", "Harbour Coffee");
        Window operator = stage.window();
        operator.signInQuietly(stage.server().operator());
        operator.go("/operator/accounts/" + owner.accountId());
        operator.find("#packs10").fill("1");
        assertThat(operator.find("#total")).hasText("$85");
        operator.look("operator-account-preview");
        operator.find("#packs10").fill("0");
        operator.find("#status").selectOption("expired");
        assertThat(operator.find("#before")).containsText("1 brand read-only until");
        operator.button("Save plan").click();
        operator.assertHeading("Change the plan of " + account + "?");
        assertThat(operator.find("main")).containsText("Harbour Coffee");
        operator.look("operator-account-confirm");
        operator.button("Save plan").click();
        assertThat(operator.find(".toast")).containsText("Plan saved");
        assertThat(operator.find(".facts")).containsText("1 brand is read-only until");

        owner.go("/admin/subscription?as=" + account);
        assertThat(owner.find("#trouble-h")).containsText("Your plan has ended.");
        owner.look("subscription-expired");
        stage.server().letGracePass(owner.accountId(), 30);
        Locator over = owner.find("#grace");
        owner.page().reload();
        assertThat(over).containsText("1 brand is suspended: the plan has no room");
        owner.look("subscription-grace-over");
        operator.find("#status").selectOption("active");
        operator.button("Save plan").click();
        assertThat(operator.find(".facts")).containsText("Pro tier with Agency-Pro, 3-pack. Active, with no end date.");
        owner.page().reload();
        assertThat(over).hasCount(0);
    }

    private Window owner(String name) {
        Window window = stage.windowOfOpenServer(true);
        window.registerQuietly(stage.newcomer(name));
        window.go("/admin/dashboard");
        return window;
    }

    private static void buy(Window window, String account, String tier, String permission, int packs) {
        String choice = "tier=" + tier + "&agencyPermission=" + permission + "&packs3=" + packs
                + "&packs10=0&packs25=0&billingCycle=monthly";
        window.post(
                "/admin/subscription",
                Map.of(
                        "as",
                        account,
                        "tier",
                        tier,
                        "agencyPermission",
                        permission,
                        "packs3",
                        Integer.toString(packs),
                        "packs10",
                        "0",
                        "packs25",
                        "0",
                        "billingCycle",
                        "monthly",
                        "seen",
                        choice));
    }
}
