package dev.banyan.accounts.search;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The search finds everything that its member may see, and nothing else.
@QuarkusTest
class SearchesTest {

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();

    @BeforeEach
    void acmeSignsIn() {
        acme = TestClient.of(world.acme());
        world.north();
    }

    private String page(TestClient client, String account, String slug, String name) {
        JsonNode created = client.post("/api/admin/CreatePage?UserId=" + account, Map.of("slug", slug, "name", name))
                .json();
        return created.at("/page/id").asText();
    }

    private static List<String> found(TestClient client, String type, String search) {
        JsonNode results = client.get("/api/admin/search?q=" + TestClient.encode(search))
                .json()
                .path("results");
        var titles = new ArrayList<String>();
        results.forEach(result -> {
            if (result.path("type").asText().equals(type)) {
                titles.add(result.path("title").asText());
            }
        });
        return titles;
    }

    @Test
    void whatBelongsToTheAccountAndItsBrandsIsFoundByTheBeginningOfAWord() {
        page(acme, world.north().id().toString(), "menu", "Autumn menu");
        world.sales();

        assertThat(found(acme, "brand", "nor")).containsExactly(world.north().displayName());
        assertThat(found(acme, "page", "autu")).containsExactly("Autumn menu");
        assertThat(found(acme, "page", "menu aut")).containsExactly("Autumn menu");
        assertThat(found(acme, "workspace", world.sales().name()))
                .contains(world.sales().name());
        assertThat(found(acme, "project", world.project().name()))
                .contains(world.project().name());
        assertThat(found(acme, "member", world.acme().email()))
                .containsExactly(world.acme().email());
        assertThat(found(acme, "command", "create br")).containsExactly("Create brand");
        assertThat(found(acme, "place", "password")).contains("Change password");
        assertThat(found(acme, "page", "utumn")).isEmpty();
        assertThat(found(acme, "page", " ")).isEmpty();
        assertThat(found(acme, "page", "%")).isEmpty();
    }

    @Test
    void aResultOpensForTheAccountThatItBelongsTo() {
        String id = page(acme, world.north().id().toString(), "menu", "Winter menu");
        JsonNode result = acme.get("/api/admin/search?q=winter").json().at("/results/0");

        assertThat(result.path("account").asText()).isEqualTo(world.north().displayName());
        assertThat(result.path("detail").asText()).isEqualTo("/menu");
        assertThat(result.path("href").asText())
                .isEqualTo("/admin/pages/" + id + "?as=" + world.north().username());
        assertThat(acme.get(result.path("href").asText()).status()).isEqualTo(200);
        assertThat(acme.get("/admin/search?q=winter").text())
                .contains("Winter menu", "href=\"" + result.path("href").asText() + "\"");
        assertThat(acme.get("/admin/search/results?q=winter&as=" + world.acme().username())
                        .text())
                .contains("role=\"option\"", "Winter menu")
                .doesNotContain("<html");
    }

    @Test
    void theDialogBeginsWithTheBrandsOpenedLastAndLeadsToAllResults() {
        String results = "/admin/search/results?as=" + world.acme().username();
        assertThat(acme.get(results).text()).contains("Find brands, pages").doesNotContain("Recent brands");
        acme.form("/admin/context", "target", world.north().username());
        assertThat(acme.get(results).text())
                .contains(
                        "Recent brands",
                        "href=\"/admin/dashboard?as=" + world.north().username() + "\"");
        assertThat(acme.get(results + "&q=nor").text())
                .contains(
                        "All results for “<bdi>nor</bdi>”",
                        "href=\"/admin/search?as=" + world.acme().username() + "&amp;q=nor\"")
                .doesNotContain("Recent brands");
    }

    @Test
    void aMemberHasTheirName() {
        world.sql(
                "UPDATE identities SET name = 'Rana Aziz' WHERE email = ?",
                world.acme().email());
        assertThat(found(acme, "member", "aziz")).containsExactly("Rana Aziz");
        assertThat(acme.get("/admin/search?q=aziz").text())
                .contains("Rana Aziz", world.acme().email() + ", Owner");
    }

    @Test
    void strangersFindNothingOfIt() {
        page(acme, world.north().id().toString(), "secret", "Zanzibar");
        var rival = TestClient.of(world.rival());

        assertThat(found(acme, "page", "zanzibar")).containsExactly("Zanzibar");
        for (String type : List.of("page", "brand", "member", "workspace", "project")) {
            assertThat(found(rival, type, "zanzibar")).as(type).isEmpty();
            assertThat(found(rival, type, world.north().username())).as(type).isEmpty();
            assertThat(found(rival, type, world.acme().email())).as(type).isEmpty();
        }
        assertThat(TestClient.anonymous().get("/api/admin/search?q=zanzibar").status())
                .isEqualTo(401);
        assertThat(rival.get("/api/admin/search?q=zanzibar&UserId="
                                + world.north().id())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aManagerOfOneBrandFindsThatBrandAlone() {
        page(acme, world.north().id().toString(), "menu", "Sundial");
        page(acme, world.south().id().toString(), "menu", "Sundial");
        page(acme, world.acme().account().toString(), "sundial", "Sundial");
        world.sales();
        world.solo();
        world.sql(
                "INSERT INTO memberships (tenant_id, identity_id, role, created_at, scope, workspaces_enabled)"
                        + " VALUES (?, ?, 'manager', 1, 'listed', 0)",
                world.acme().account().toString(),
                world.solo().identity().toString());
        world.sql(
                "INSERT INTO membership_accounts VALUES (?, ?, ?)",
                world.acme().account().toString(),
                world.solo().identity().toString(),
                world.north().id().toString());
        var manager = TestClient.of(world.solo());
        String as = "&UserId=" + world.north().id();

        JsonNode results =
                manager.get("/api/admin/search?q=sundial" + as).json().path("results");
        assertThat(results).hasSize(1);
        assertThat(results.at("/0/account").asText()).isEqualTo(world.north().displayName());
        for (String search : List.of(
                world.south().username(), world.acme().email(), world.project().name(), "audit", "invite member")) {
            assertThat(manager.get("/api/admin/search?q=" + TestClient.encode(search) + as)
                            .json()
                            .path("results"))
                    .as(search)
                    .isEmpty();
        }
        assertThat(manager.get("/api/admin/search?q=" + world.north().username() + as)
                        .text())
                .contains("@" + world.north().username());
    }

    @Test
    void aSuspendedBrandIsFoundWithoutWhatIsInIt() {
        page(acme, world.north().id().toString(), "menu", "Quicksand");
        world.sql(
                "UPDATE accounts SET status = 'suspended' WHERE id = ?",
                world.north().id().toString());

        assertThat(found(acme, "page", "quicksand")).isEmpty();
        assertThat(acme.get("/api/admin/search?q=" + world.north().username()).text())
                .contains(
                        "suspended",
                        "/admin/users/sub-accounts/" + world.north().username());
    }

    @Test
    void hiddenAreasAreFound() {
        acme.form("/admin/settings/navigation", "as", world.acme().username(), "shown", "pages");
        assertThat(acme.get("/admin/dashboard").text()).doesNotContain("/admin/short-links?as=");
        assertThat(found(acme, "place", "short links")).containsExactly("Short links");
        assertThat(acme.get("/admin/short-links").text())
                .as("shows where one is")
                .contains("/admin/short-links?as=" + world.acme().username() + "\" aria-current=\"page\"");
        assertThat(acme.get("/admin/settings").text())
                .contains("value=\"pages\" checked", "value=\"short-links\">Short links");
    }
}
