package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.microsoft.playwright.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pages not visited by other tests, as seen by users of the demo.
@BrowserTest
class LookTest {

    private static final int LARGEST_PUBLIC_PAGE = 30_000;

    private final Stage stage;

    LookTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void agencyPages() {
        Window window = stage.window();
        window.signInQuietly(stage.server().agency());
        window.go("/admin/dashboard?as=creativeagency").look("dashboard");
        window.go("/admin/brands?as=creativeagency").look("users");
        window.go("/admin/users?as=creativeagency").look("members");
        window.go("/admin/users/sub-accounts/new?as=creativeagency").look("users-create");
        window.go("/admin/dashboard?as=clientbrand1").look("dashboard-of-brand");
        window.go("/admin/pages/new?as=clientbrand1").look("pages-create");
        window.assertHeading("Create page");
        window.go("/help/accounts?as=creativeagency").assertHeading("Pages or brands?");
        window.look("help-accounts");
    }

    @Test
    void operatorPages() {
        Window window = stage.window();
        window.signInQuietly(stage.server().operator());
        window.go("/").assertHeading("This server");
        window.menu("Accounts").click();
        window.assertHeading("Accounts");
        window.look("operator-accounts");
        window.go("/operator/accounts?q=creativeagency"); // other tests register people, and the list is newest first
        window.link("Creative Agency").click();
        window.assertHeading("Creative Agency");
        window.look("operator-account");
        window.go("/operator/accounts?q=nobody-at-all");
        assertThat(window.find("#results")).containsText("Nothing matches");
        window.look("operator-nothing-found");
    }

    @ParameterizedTest
    @CsvSource({
        "error-unknown, /admin/nothing, 404, Page not found",
        "'', /a/b/c/d, 404, Page not found",
        "'', /operator/accounts, 404, Page not found",
        "error-foreign-account, /admin/pages?as=clientbrand2, 404, This account isn't available",
        "'', /admin/pages/01900000-0000-7000-8000-000000000000, 404, Page not found",
        "error-confirmation, /confirm-email?token=old, 404, This link no longer works",
        "'', /setup?token=old, 404, This setup link doesn't work",
        "public-unknown, /nobody-is-here, 404, Page not found",
        "'', /go/nothing, 404, Page not found",
    })
    void deadEnds(String name, String path, int status, String heading) {
        Window stranger = stage.window();
        stranger.registerQuietly(stage.newcomer("stranger"));
        Response answer = stranger.page().navigate(path);
        assertThat(answer.status()).isEqualTo(status);
        stranger.assertHeading(heading);
        if (!name.isEmpty()) {
            stranger.look(name);
        }
    }

    @Test
    void apiDescription() {
        Window window = stage.window();
        window.go("/docs/api").assertHeading("Banyan API");
        window.look("docs");
        window.page().locator(".docs-group a").getByText("/api/login").first().click();
        window.assertHeading("Sign-in");
        assertThat(window.page().locator(".route details[open]")).hasCount(1);
        window.look("docs-group");
    }

    @Test
    void publicPageIsSmallAndNeedsNothing() {
        Window window = stage.window();
        Response answer = window.page().navigate("/clientbrand1");
        window.assertHeading("Marula Skincare");
        window.look("public");
        assertThat(answer.body().length).isLessThan(LARGEST_PUBLIC_PAGE);
        assertThat(answer.allHeaders()).containsKey("content-security-policy");
        assertThat(answer.text()).doesNotContainIgnoringCase("creative").doesNotContain("<script>", "<script src");
    }

    @Test
    void publicPageWithoutLinks() {
        Login login = stage.newcomer("quiet");
        Window window = stage.window();
        window.registerQuietly(login);
        window.createPage(login.username(), "Main", "main");
        window.go("/" + login.username());
        assertThat(window.find("main")).containsText("No links here yet.");
        window.look("public-without-links");
    }

    @Test
    void someoneElsesPageLooksLikeNone() {
        Window owner = stage.window();
        Login login = stage.newcomer("owner");
        owner.registerQuietly(login);
        String page = owner.createPage(login.username(), "Main", "main");
        Window stranger = stage.window();
        stranger.registerQuietly(stage.newcomer("stranger"));
        for (String path : List.of("/admin/pages/" + page, "/admin/pages/" + page + "/delete")) {
            assertThat(stranger.page().navigate(path).status()).isEqualTo(404);
            stranger.assertHeading("Page not found");
        }
    }
}
