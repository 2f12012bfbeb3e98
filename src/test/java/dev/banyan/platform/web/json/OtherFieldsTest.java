package dev.banyan.platform.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Fields that a request doesn't take, on every route.
@QuarkusTest
class OtherFieldsTest {

    private static final String OTHER = "zebraCrossing";

    @Inject
    TestWorld world;

    private TestClient acme;

    @BeforeEach
    void acmeSignsIn() {
        acme = TestClient.of(world.acme());
    }

    /// Routes that read their body as a tree, and name what they don't take themselves.
    private static boolean isTree(Route route) {
        return route.body().filter(JsonNode.class::equals).isPresent();
    }

    @Test
    void noRouteSwallowsAFieldThatItDoesNotTake() {
        Workspace sales = workspace();
        var softly = new SoftAssertions();
        int asked = 0;
        for (Route route : Routes.all()) {
            if (!route.isJson() || route.body().isEmpty() || isTree(route)) {
                continue;
            }
            String path = route.path()
                    .replaceAll("\\{projectId[^}]*}", sales.project().toString())
                    .replaceAll("\\{subClientId[^}]*}", sales.id().value())
                    .replaceAll("\\{[^}]*}", "1");
            Answer answer = acme.json(route.verb(), path, Map.of(OTHER, 1));
            asked++;
            // Some of those who ask are refused before the body is read; what was done in spite of it is a mistake.
            softly.assertThat(answer.status()).as(route + ": " + answer).isBetween(400, 499);
            if (answer.status() == 400) {
                softly.assertThat(answer.text()).as(route.toString()).contains(OTHER);
            }
        }
        softly.assertAll();
        assertThat(asked).isGreaterThan(80);
    }

    @Test
    void theRoutesOfContractsAreRoutes() {
        assertThat(Routes.all().stream().map(Route::name)).containsAll(OtherFields.OF_CONTRACTS);
    }

    private Workspace workspace() {
        var context = world.context(world.acme());
        return world.workspace(context, world.project(context, "Plates"), "Sales Team");
    }

    @Test
    void aContractsRequestIsToldWhatDidNothing() {
        Workspace sales = workspace();
        String path = "/api" + WorkspacePaths.workspace(sales.project(), sales.id());
        Answer alone = acme.put(path, Map.of("titel", "Sales"));
        assertThat(alone.status()).isEqualTo(400);
        assertThat(alone.error())
                .startsWith("Unknown field: titel. This request takes: ")
                .contains(", name, ");
        Answer beside = acme.put(path, Map.of("titel", "Sales", "name", "Sales North"));
        assertThat(beside.status()).as(beside.toString()).isEqualTo(200);
        assertThat(beside.json().path("warnings").toString()).isEqualTo("[\"Unknown field: titel\"]");
        assertThat(acme.get(path).json().at("/data/subClient/name").asText())
                .as(acme.get(path).text())
                .isEqualTo("Sales North");
        var object = new HashMap<String, Object>();
        acme.get(path).json().at("/data/subClient").properties().forEach(field -> {
            if (!field.getKey().equals("pathname")) {
                object.put(field.getKey(), field.getValue());
            }
        });
        Answer whole = acme.put(path, object);
        assertThat(whole.status()).as(whole.toString()).isEqualTo(200);
        assertThat(whole.json().has("warnings")).as(whole.toString()).isFalse();
    }

    @Test
    void aBodyWithoutFieldsIsToldThatNothingChanged() {
        Workspace sales = workspace();
        String path = "/api" + WorkspacePaths.workspace(sales.project(), sales.id());
        for (String of : List.of("/api/projects/" + sales.project(), path, path + "/assistant")) {
            Answer empty = acme.put(of, Map.of());
            assertThat(empty.status()).as(of).isEqualTo(200);
            assertThat(empty.json().path("warnings").toString())
                    .as(of)
                    .isEqualTo("[\"No field was sent, so nothing changed\"]");
        }
        assertThat(acme.put(path, Map.of("name", "Sales North")).json().has("warnings"))
                .isFalse();
    }

    /// A misspelt `projectId` would make a key for the whole account.
    @Test
    void aKeyIsNeverWiderThanItsRequestMeant() {
        Map<String, Object> wish = Map.of("name", "One", "permissions", List.of("pages:read"));
        for (String other : List.of("projektId", "limits", "networks2")) {
            var body = new HashMap<>(wish);
            body.put(other, "x");
            Answer refused = acme.post("/api/admin/apikeyscreate", body);
            assertThat(refused.status()).as(other).isEqualTo(400);
            assertThat(refused.error()).startsWith("Unknown field: " + other);
        }
    }
}
