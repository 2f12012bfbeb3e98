package dev.banyan.platform.web.gate;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Routes;
import dev.banyan.Routes.Route;
import dev.banyan.TestClient;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CanonicalRoutesTest {

    @Inject
    TestWorld world;

    @Test
    void theTableHoldsExactlyTheRoutesThatExist() {
        Map<String, List<String>> routes = Routes.all().stream()
                .map(Route::path)
                .distinct() // a name may have several methods
                .map(path -> path.split("/"))
                .filter(parts ->
                        parts.length == 4 && CanonicalRoutes.NAMES.containsKey(parts[2]) && parts[1].equals("api"))
                .collect(Collectors.groupingBy(
                        parts -> parts[2], Collectors.mapping(parts -> parts[3], Collectors.toList())));
        assertThat(CanonicalRoutes.NAMES.keySet()).isEqualTo(routes.keySet());
        CanonicalRoutes.NAMES.forEach((area, names) ->
                assertThat(names).containsExactlyInAnyOrderElementsOf(routes.getOrDefault(area, List.of())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/admin/GetActiveContext",
                "/admin/GetActiveContext",
                "/admin/getactivecontext",
                "/ADMIN/GETACTIVECONTEXT",
                "/Api/Admin/getActiveContext",
            })
    void anyCaseAndBothPrefixesLeadToTheSame(String path) {
        var answer = TestClient.of(world.solo()).get(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().at("/activeContext/username").asText())
                .isEqualTo(world.solo().username());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/public/Logout", "/api/public/logout", "/API/PUBLIC/LOGOUT"})
    void theDoorsOfTheLinkToMeClientOpenInAnyCase(String path) {
        assertThat(TestClient.anonymous().post(path, "").error()).isEqualTo("Missing auth cookie");
    }

    @Test
    void queryAndBodyAreKept() {
        world.north();
        var acme = TestClient.of(world.acme());
        var created =
                acme.post("/admin/createpage?UserId=" + world.north().id(), Map.of("slug", "first", "name", "First"));
        assertThat(created.status()).as(created.toString()).isEqualTo(200);
        assertThat(created.json().at("/page/userId").asText())
                .isEqualTo(world.north().id().toString());
        assertThat(acme.get("/ADMIN/getlinks?pageId=nonsense").status()).isEqualTo(404);
    }

    @Test
    void failuresOfRewrittenPathsAreJson() {
        var answer = TestClient.anonymous().get("/admin/GetPages");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json()).isEqualTo(TestClient.JSON.createObjectNode().put("error", "Unauthorized"));
        assertThat(TestClient.anonymous().json("PATCH", "/admin/GetPages", "{}").error())
                .isEqualTo("Method not allowed");
    }

    @Test
    void pagesOfOursComeFirst() {
        for (String path : List.of("/admin/users", "/admin/pages", "/admin/dashboard", "/admin/subscription")) {
            var answer = TestClient.of(world.solo()).get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.contentType()).as(path).startsWith("text/html");
        }
    }

    @Test
    void otherPathsAreLeftAlone() {
        for (String path : List.of(
                "/",
                "",
                "/a",
                "/acme",
                "/admin/users",
                "/api/me",
                "/api/login",
                "/admin/GetNothing",
                "/public/login", // the page of a person with that name, if it could exist
                "/public/Login",
                "/api/public/Login",
                "/xadmin/GetPages")) {
            assertThat(CanonicalRoutes.of(path)).as(path).isEmpty();
        }
    }
}
