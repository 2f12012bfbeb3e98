package dev.banyan.workspaces.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.workspaces.NumberRooms;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspacePaths;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Signing in to a workspace at a real Keycloak: one story, because starting it takes long.
@QuarkusTest
class KeycloakTest {

    private static final String PASSWORD = "blue parrot 7";

    @Inject
    NumberRooms rooms;

    @Inject
    TestClock clock;

    @Inject
    SsoRechecks rechecks;

    @Test
    void aPersonSignsInChangesGroupSignsOutAndIsSwitchedOff() {
        // Keycloak goes by the real time, which other tests may have moved this server’s clock beyond.
        boolean hasTimeOfItsOwn = clock.instant().isBefore(Instant.now());
        Workspace sales = rooms.workspace("Sales Team");
        TestClient acme = TestClient.of(rooms.world().acme());
        String route = "/api" + WorkspacePaths.workspace(sales.project(), sales.id()) + "/sso";
        try (var keycloak = new Keycloak()) {
            Answer set = acme.put(
                    route,
                    Map.of(
                            "kind",
                            "oidc",
                            "issuer",
                            keycloak.issuer(),
                            "clientId",
                            Keycloak.CLIENT,
                            "clientSecret",
                            Keycloak.SECRET,
                            "roles",
                            Map.of("bosses", "admin", "sellers", "agent")));
            assertThat(set.status()).as(set.toString()).isEqualTo(200);
            assertThat(acme.post(route + "/test", Map.of())
                            .json()
                            .at("/data/ok")
                            .asBoolean())
                    .isTrue();

            var here = new SsoBrowser();
            var there = new Keycloak.Browser();
            Answer in = here.end(there.signIn(here.begin(sales), "amira", PASSWORD));
            assertThat(in.location()).as(in.toString()).isEqualTo(SsoBrowser.path(sales) + "/chat");
            assertThat(here.role(sales)).isEqualTo("agent");
            assertThat(here.me(sales).json().at("/data/user/email").asText()).isEqualTo("amira@office.example");

            keycloak.move("amira", "sellers", "bosses");
            recheck();
            assertThat(here.role(sales)).as("another group").isEqualTo("admin");

            keycloak.rotateKey();
            var second = new SsoBrowser();
            assertThat(second.end(there.signIn(second.begin(sales), "amira", PASSWORD))
                            .status())
                    .as("a token signed by the new key")
                    .isEqualTo(303);
            assertThat(second.isIn(sales)).isTrue();

            Answer out = here.form(SsoBrowser.path(sales) + "/logout");
            there.get(URI.create(out.header("Refresh").orElseThrow().substring("0; url=".length())));
            assertThat(there.mustSignIn(here.begin(sales)))
                    .as("signed out there, too")
                    .isTrue();
            assertThat(here.isIn(sales)).isFalse();
            recheck();
            assertThat(second.isIn(sales)).as("the session there is over").isFalse();

            var fresh = new Keycloak.Browser();
            assertThat(here.end(fresh.signIn(here.begin(sales), "amira", PASSWORD))
                            .status())
                    .isEqualTo(303);
            if (hasTimeOfItsOwn) {
                samlWorksToo(keycloak);
            }

            keycloak.switchOff("amira");
            recheck();
            assertThat(here.isIn(sales)).isFalse();
        }
        assumeThat(hasTimeOfItsOwn).as("SAML was tried").isTrue();
    }

    /// Its metadata are read from it, and ours are given to it.
    private void samlWorksToo(Keycloak keycloak) {
        clock.forward(Duration.between(clock.instant(), Instant.now()));
        Workspace support = rooms.workspace("Support");
        TestClient acme = TestClient.withSession(
                rooms.world().newSession(rooms.world().acme().email()));
        Answer set = acme.put(
                "/api" + WorkspacePaths.workspace(support.project(), support.id()) + "/sso",
                Map.of("kind", "saml", "metadataUrl", keycloak.samlMetadata(), "roles", Map.of("bosses", "admin")));
        assertThat(set.status()).as(set.toString()).isEqualTo(200);
        var here = new SsoBrowser();
        keycloak.addSamlClient(
                here.get(SsoBrowser.path(support) + "/sso/metadata").text());
        Answer in = here.end(support, new Keycloak.Browser().signInWithSaml(here.begin(support), "amira", PASSWORD));
        assertThat(in.location()).as(in.toString()).isEqualTo(SsoBrowser.path(support) + "/chat");
        assertThat(here.role(support)).isEqualTo("admin");
        assertThat(here.me(support).json().at("/data/user/username").asText()).isEqualTo("amira");
    }

    private void recheck() {
        clock.forward(Duration.ofSeconds(31));
        rechecks.run();
    }
}
