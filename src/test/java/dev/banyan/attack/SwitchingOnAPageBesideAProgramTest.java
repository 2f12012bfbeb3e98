package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Our own pages and the LinkToMe client share a cookie. Switching accounts in one must not affect the other.
@QuarkusTest
class SwitchingOnAPageBesideAProgramTest {

    private final TestWorld world;

    private TestClient acme = TestClient.anonymous();

    SwitchingOnAPageBesideAProgramTest(TestWorld world) {
        this.world = world;
    }

    @BeforeEach
    void acmeSignsIn() {
        acme = TestClient.of(world.acme());
        world.north();
        world.south();
    }

    private String active() {
        return acme.get("/api/admin/GetActiveContext")
                .json()
                .at("/activeContext/username")
                .asText();
    }

    private void switchPages(String username) {
        Answer answer = acme.form("/admin/context", "target", username);
        assertThat(answer.location()).as(answer.text()).isEqualTo("/admin/dashboard?as=" + username);
    }

    private void switchProgram(TestWorld.Brand brand) {
        assertThat(acme.post("/api/admin/SwitchToSubAccount", Map.of("subAccountId", brand.id()))
                        .status())
                .isEqualTo(200);
    }

    private List<String> ownersOfPages() {
        return world.select(
                "SELECT account_id FROM pages WHERE tenant_id = ? ORDER BY created_at, id",
                world.acme().account().toString());
    }

    @Test
    void leavesTheProgramInItsAccount() {
        switchPages(world.north().username());
        assertThat(active()).isEqualTo(world.acme().username());
        assertThat(acme.post("/api/admin/CreatePage", Map.of("slug", "mine", "name", "My Account"))
                        .status())
                .isEqualTo(200);
        assertThat(ownersOfPages()).containsExactly(world.acme().account().toString());

        switchProgram(world.south());
        switchPages(world.acme().username());
        assertThat(active()).isEqualTo(world.south().username());
    }

    @Test
    void leavesThePagesWhereTheyAre() {
        switchPages(world.north().username());
        switchProgram(world.south());
        assertThat(acme.get("/admin/dashboard").text())
                .contains("?as=" + world.north().username())
                .doesNotContain("?as=" + world.south().username() + "\"");
        acme.post("/api/admin/SwitchToParentAccount", "");
        assertThat(acme.get("/admin/pages").text())
                .contains("name=\"as\" value=\"" + world.north().username() + "\"");
    }

    @Test
    void aFormThatNamesNoAccountChangesNothing() {
        switchPages(world.north().username());
        switchProgram(world.south());
        for (Answer answer : List.of(
                acme.form("/admin/pages", "name", "First", "slug", "first"),
                acme.form("/admin/pages", "as", "", "name", "First", "slug", "first"),
                acme.form("/projects", "name", "Atlas"),
                acme.form("/admin/settings/profile", "displayName", "Mine now"),
                acme.form("/admin/short-links", "url", "https://bread.example/", "slug", world.name("bread")))) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.text()).contains("which account");
        }
        assertThat(ownersOfPages()).isEmpty();
        assertThat(acme.with("HX-Request", "true").get("/admin/pages").status()).isEqualTo(400);
    }

    @Test
    void twoTabsInTwoContextsWriteEachForItsOwn() {
        switchPages(world.north().username());
        String first = acme.get("/admin/dashboard").text();
        switchPages(world.south().username());
        assertThat(first).contains("?as=" + world.north().username());
        for (TestWorld.Brand tab : List.of(world.north(), world.south())) {
            assertThat(acme.form("/admin/pages", "as", tab.username(), "name", "First", "slug", "first")
                            .location())
                    .contains("as=" + tab.username());
        }
        assertThat(ownersOfPages())
                .containsExactly(
                        world.north().id().toString(), world.south().id().toString());
        assertThat(first)
                .as("the colours lead back to the account of the page")
                .contains("name=\"back\" value=\"/admin/dashboard?as="
                        + world.north().username() + "\"");
    }
}
