package dev.banyan.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Routes;
import dev.banyan.TestClient;
import dev.banyan.TestServer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A page of another site must not make a browser act here with its user's cookie.
@QuarkusTest
class CrossSiteTest {

    /// SAML providers make the browser post their answers. They carry no cookie, and let no one in by themselves.
    private static final Set<String> FROM_PROVIDERS = Set.of("POST /s/{shortPath}/sso/acs", "POST /sso/{username}/acs");

    private static final Map<String, String> PAGE = Map.of("slug", "first", "name", "First");

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();

    @BeforeEach
    void acmeSignsIn() {
        acme = TestClient.of(world.acme());
    }

    @Test
    void otherSitesAreRefusedAndChangeNothing() {
        for (String site : List.of("cross-site", "same-site", "", "nonsense")) {
            var answer = acme.with("Sec-Fetch-Site", site).post("/api/admin/CreatePage", PAGE);
            assertThat(answer.status()).as(site).isEqualTo(403);
            assertThat(answer.error()).isEqualTo("Requests from other sites are refused");
        }
        for (String origin :
                List.of("https://evil.example", "null", "http://127.0.0.1", "nonsense", "http://evil.example:80", "")) {
            assertThat(acme.with("Origin", origin)
                            .post("/api/admin/CreatePage", PAGE)
                            .status())
                    .as(origin)
                    .isEqualTo(403);
        }
        assertThat(acme.get("/api/admin/GetPages").json().path("pages")).isEmpty();
    }

    @Test
    void everyRouteThatWritesIsProtected() {
        Routes.all().stream().filter(route -> !route.verb().equals("GET")).forEach(route -> {
            String path = route.path().replaceAll("\\{[^}]+}", "018f0000-0000-7000-8000-000000000000");
            var evil = acme.with("Sec-Fetch-Site", "cross-site");
            var answer = route.isJson() ? evil.json(route.verb(), path, "{}") : evil.form(path, Map.of("a", "b"));
            if (FROM_PROVIDERS.contains(route.name())) {
                assertThat(answer.status()).as(route.name()).isBetween(400, 499);
            } else {
                assertThat(answer.status()).as(route.name()).isEqualTo(403);
            }
        });
        assertThat(Routes.all().stream().map(route -> route.name())).containsAll(FROM_PROVIDERS);
    }

    @Test
    void ourOwnPagesPass() {
        assertThat(acme.with("Sec-Fetch-Site", "same-origin")
                        .post("/api/admin/CreatePage", PAGE)
                        .status())
                .isEqualTo(200);
        String own = TestServer.uri().toString();
        assertThat(acme.with("Origin", own)
                        .post("/api/admin/CreatePage", Map.of("slug", "second", "name", "B"))
                        .status())
                .isEqualTo(200);
        assertThat(acme.with("Origin", "https://evil.example")
                        .with("Sec-Fetch-Site", "none")
                        .post("/api/admin/CreatePage", Map.of("slug", "third", "name", "C"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void programsThatSayNothingPass() {
        assertThat(acme.post("/api/admin/CreatePage", PAGE).status()).isEqualTo(200);
    }

    @Test
    void anOriginCannotTalkItselfPastTheBrowsersWord() {
        var answer = acme.with("Origin", TestServer.uri().toString())
                .with("Sec-Fetch-Site", "cross-site")
                .post("/api/admin/CreatePage", PAGE);
        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void lookingIsFree() {
        var evil = TestClient.anonymous().with("Sec-Fetch-Site", "cross-site").with("Origin", "https://evil.example");
        assertThat(evil.get("/login").status()).isEqualTo(200);
        assertThat(evil.head("/login").status()).isEqualTo(200);
    }

    @Test
    void noAnswerIsSharedWithOtherSites() {
        var answer = acme.with("Origin", "https://evil.example").get("/api/me");
        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
    }
}
