package dev.banyan.workspaces.access;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The lookup by public address. Each answer is requested twice: computed, and cached.
@QuarkusTest
class WorkspaceLookupTest {

    @Inject
    TestWorld world;

    @Inject
    WorkspaceLookup lookup;

    @Inject
    LookupCache cache;

    private final TestClient nobody = TestClient.anonymous();

    @Test
    void aWorkspaceIsFoundByItsAddress() {
        Answer found = look(world.sales().shortPath());

        assertThat(found.status()).as(found.toString()).isEqualTo(200);
        assertThat(found.contentType()).startsWith("application/json");
        assertThat(found.json().path("success").asBoolean()).isTrue();
        JsonNode workspace = found.json().at("/data/subClient");
        assertThat(TestClient.keys(workspace))
                .containsExactly(
                        "id",
                        "project_id",
                        "name",
                        "description",
                        "short_id",
                        "pathname",
                        "registration_enabled",
                        "registration_open",
                        "suspended");
        assertThat(workspace.path("id").asText()).isEqualTo(world.sales().id().toString());
        assertThat(workspace.path("name").asText()).isEqualTo("Sales");
        assertThat(workspace.path("registration_enabled").asBoolean()).isTrue();
        assertThat(found.text())
                .doesNotContain(world.acme().username(), world.acme().account().toString());
    }

    @Test
    void whatIsKeptIsAnsweredAlikeAndOutlivesNoChange() {
        String path = world.sales().shortPath();
        Answer made = look(path);
        assertThat(cache.find(path)).isPresent();
        Answer kept = look(path);
        assertThat(kept.json()).isEqualTo(made.json());
        assertThat(kept.contentType()).isEqualTo(made.contentType());
        assertThat(kept.header("Cache-Control")).contains("no-store").isEqualTo(made.header("Cache-Control"));
        assertThat(kept.header("X-Content-Type-Options")).contains("nosniff");

        TestClient acme = TestClient.of(world.acme());
        String workspace = "/api/projects/" + world.project().id() + "/sub-clients/"
                + world.sales().id();
        acme.put(workspace, Map.of("name", "Sales East"));
        assertThat(field(path, "name").asText()).isEqualTo("Sales East");
        world.suspend(world.context(world.acme()), world.sales(), true);
        assertThat(field(path, "suspended").asBoolean()).isTrue();
        world.suspend(world.context(world.acme()), world.sales(), false);
        acme.put("/api/projects/" + world.project().id(), Map.of("sub_clients_registration_enabled", false));
        assertThat(field(path, "registration_open").asBoolean(true)).isFalse();
        assertThat(field(path, "registration_enabled").asBoolean())
                .as("its own switch")
                .isTrue();
        acme.put("/api/projects/" + world.project().id(), Map.of("sub_clients_enabled", false));
        assertError(look(path), 400, "Sub-clients feature is not enabled for this project");
        acme.put("/api/projects/" + world.project().id(), Map.of("sub_clients_enabled", true));
        assertThat(look(path).status()).isEqualTo(200);
        world.suspend(world.context(world.acme()), world.sales(), true);
        acme.delete(workspace);
        assertError(look(path), 404, "Sub-client not found");
    }

    @Test
    void aRenamedPathnameLeadsOnOnlyForPages() {
        String before = world.sales().shortPath();
        look(before);
        TestClient.of(world.acme())
                .put(
                        "/api/projects/" + world.project().id() + "/sub-clients/"
                                + world.sales().id(),
                        Map.of("pathname", "sales-team"));
        String after = world.sales().shortId() + "-sales-team";

        assertError(look(before), 404, "Sub-client not found");
        assertThat(look(after).status()).isEqualTo(200);
        assertThat(lookup.find(before)).isEqualTo(new WorkspaceLookup.LookedUp.Moved(after));
        assertThat(lookup.find(world.sales().shortId() + "-never")).isEqualTo(new WorkspaceLookup.LookedUp.NotFound());
    }

    @Test
    void caseCounts() {
        String path = world.sales().shortPath();
        look(path);
        String shortId = world.sales().shortId();
        String other = shortId.chars()
                .mapToObj(letter -> Character.toString(
                        Character.isUpperCase(letter) ? Character.toLowerCase(letter) : Character.toUpperCase(letter)))
                .reduce("", String::concat);
        if (!other.equals(shortId)) {
            assertError(look(other + "-sales"), 404, "Sub-client not found");
        }
        assertError(look(shortId + "-" + "sales".toUpperCase(Locale.ROOT)), 404, "Sub-client not found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zzzz-unknown",
                "nonsense",
                "-",
                "x-",
                "-x",
                "x7M2",
                "x7M2-",
                "x7M2xx-too-long",
                "x7M2-..%2F..",
                "x7M2-%F0%9F%8C%B3",
                "%27%20OR%201%3D1--",
            })
    void whatIsNoAddressIsNotFound(String shortPath) {
        assertError(look(shortPath), 404, "Sub-client not found");
    }

    @Test
    void anAddressIsNeeded() {
        String error = "Either 'shortPath' or 'host' query parameter is required";
        assertError(nobody.get("/api/sub-clients/lookup"), 400, error);
        assertError(nobody.get("/api/sub-clients/lookup?shortPath="), 400, error);
        assertError(nobody.get("/api/sub-clients/lookup?path=x"), 400, error);
    }

    @Test
    void aProvedDomainLeadsToItsWorkspace() {
        String domain = world.name("chat") + ".example.com";
        assertError(nobody.get("/api/sub-clients/lookup?host=" + domain), 404, "Sub-client not found");
        world.sql(
                "UPDATE sub_clients SET custom_domain = ? WHERE id = ?",
                domain,
                world.sales().id().toString());
        Answer found = nobody.get("/api/sub-clients/lookup?host=" + domain.toUpperCase(Locale.ROOT));
        assertThat(found.json().at("/data/subClient/id").asText())
                .isEqualTo(world.sales().id().toString());
        assertThat(nobody.get("/api/sub-clients/lookup?host=" + domain + "&shortPath=zzzz-x")
                        .status())
                .as("shortPath beats host")
                .isEqualTo(404);
    }

    /// Read before a change and stored after it, as by slow requests.
    @Test
    void anAnswerFromBeforeAChangeIsNotKept() {
        long before = cache.state();
        TestClient.of(world.acme())
                .put(
                        "/api/projects/" + world.project().id() + "/sub-clients/"
                                + world.sales().id(),
                        Map.of("name", "Newer"));
        cache.keep(world.sales(), before, new byte[] {'o', 'l', 'd'});
        assertThat(cache.find(world.sales().shortPath())).isEmpty();
    }

    private Answer look(String shortPath) {
        return nobody.get("/api/sub-clients/lookup?shortPath=" + shortPath);
    }

    private JsonNode field(String shortPath, String name) {
        return look(shortPath).json().at("/data/subClient/" + name);
    }

    private static void assertError(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(error);
    }
}
