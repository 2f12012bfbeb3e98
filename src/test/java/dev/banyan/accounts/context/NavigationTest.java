package dev.banyan.accounts.context;

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

/// The sidebar, switching accounts from it, and addresses that lead to its pages.
@QuarkusTest
class NavigationTest {

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();
    private String as = "";

    @BeforeEach
    void acmeSignsIn() {
        acme = TestClient.of(world.acme());
        as = world.acme().username();
        world.north();
    }

    @Test
    void brandsAndMembersHavePagesOfTheirOwn() {
        assertThat(acme.get("/admin/brands?as=" + as).text())
                .contains("<h1 id=\"subs-h\"", world.north().displayName(), "1 of 10 brands used")
                .doesNotContain("Invite member</a>");
        assertThat(acme.get("/admin/users?as=" + as).text())
                .contains("Invite member</a>", world.acme().email(), "1 of 10 brands used", "/admin/brands?as=" + as);
        assertThat(acme.get("/admin/users?as=" + as + "&state=deleted").location())
                .as("of before brands had a page")
                .isEqualTo("/admin/brands?as=" + as + "&state=deleted");
    }

    @Test
    void aBrandHasNoEntriesThatItsAgencyHas() {
        String page =
                acme.get("/admin/dashboard?as=" + world.north().username()).text();
        String sidebar = page.substring(page.indexOf("id=\"nav\""), page.indexOf("</nav>"));
        assertThat(sidebar)
                .contains("/admin/pages?as=", "/admin/settings?as=")
                .doesNotContain("/admin/api-keys", "/admin/brands", "/admin/users", "/admin/pools", "/admin/audit");
    }

    @ParameterizedTest
    @CsvSource({
        "analytics, /admin/analytics",
        "short-links, /admin/short-links",
        "projects, /projects",
        "settings, /admin/settings",
        "brands, /admin/dashboard",
        "pools, /admin/dashboard",
        "api-keys, /admin/dashboard",
        "operator-jobs, /admin/dashboard",
        "none, /admin/dashboard",
        "'', /admin/dashboard",
        "https://evil.example/, /admin/dashboard",
    })
    void switchingStaysInTheSectionThatOneIsIn(String from, String path) {
        Answer answer = acme.form(
                "/admin/context", Map.of("as", as, "target", world.north().username(), "from", from));
        assertThat(answer.location()).isEqualTo(path + "?as=" + world.north().username());
        assertThat(acme.get(answer.location()).status()).isEqualTo(200);
    }

    @Test
    void everyPageSaysWhichSectionItIsIn() {
        assertThat(acme.get("/admin/analytics?as=" + as).text()).contains("name=\"from\" value=\"analytics\"");
        assertThat(acme.get("/admin/context?as=" + as + "&from=analytics").text())
                .contains("name=\"from\" value=\"analytics\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/admin, /admin/dashboard",
        "/Admin, /admin/dashboard",
        "/admin/shortlinks, /admin/short-links",
        "/admin/ShortLinks, /admin/short-links",
        "/ADMIN/SHORTLINKS, /admin/short-links",
        "/admin/apiauth, /admin/api-keys",
        "/admin/ApiAuth, /admin/api-keys",
        "/admin/links, /admin/pages",
        "/Admin/Links, /admin/pages",
        "/admin/appearance, /admin/pages",
    })
    void theSeedsAddressesLeadToOurPages(String seed, String ours) {
        assertThat(acme.get(seed).location()).isEqualTo(ours + "?as=" + as);
        assertThat(acme.get(seed + "?as=" + world.north().username()).location())
                .isEqualTo(ours + "?as=" + world.north().username());
        assertThat(acme.get(seed + "?subAccountId=" + world.north().id()).location())
                .isEqualTo(ours + "?as=" + world.north().username());
        assertThat(TestClient.of(world.rival())
                        .get(seed + "?as=" + world.north().username())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void linksAndAppearanceAreThoseOfTheDefaultPage() {
        String page = acme.post("/api/admin/CreatePage", Map.of("slug", "main", "name", "Main", "isDefault", true))
                .json()
                .at("/page/id")
                .asText();
        assertThat(acme.get("/admin/links").location()).isEqualTo("/admin/pages/" + page + "?as=" + as);
        assertThat(acme.get("/admin/appearance").location()).isEqualTo("/admin/pages/" + page + "/appearance?as=" + as);
    }

    @Test
    void theSearchHasAPageBesideItsRoute() {
        assertThat(acme.get("/ADMIN/Search?q=north").contentType()).startsWith("text/html");
        assertThat(acme.get("/api/ADMIN/SEARCH?q=north").contentType()).startsWith("application/json");
    }
}
