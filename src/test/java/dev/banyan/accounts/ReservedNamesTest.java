package dev.banyan.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Routes;
import dev.banyan.TestClient;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Our own addresses can't be used as names.
@QuarkusTest
class ReservedNamesTest {

    @Inject
    TestWorld world;

    @Test
    void everyFirstSegmentOfARouteIsReserved() {
        Set<String> segments = Routes.all().stream()
                .map(route -> route.path().split("/"))
                .filter(parts -> parts.length > 1 && !parts[1].startsWith("{"))
                .map(parts -> parts[1])
                .filter(segment -> segment.indexOf('.') < 0) // usernames contain no dot: robots.txt
                .collect(Collectors.toSet());
        assertThat(segments).contains("admin", "api", "login").allMatch(ReservedNames::contains);
    }

    @Test
    void everyStaticFolderAndFileIsReserved() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target/classes/META-INF/resources"))) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .contains("ui")
                    .allMatch(ReservedNames::contains);
        }
    }

    @Test
    void addressesOfTheDesignAreReserved() {
        assertThat(List.of(
                        "admin",
                        "api",
                        "docs",
                        "go",
                        "healthz",
                        "l",
                        "metrics",
                        "openapi",
                        "operator",
                        "projects",
                        "public",
                        "q",
                        "readyz",
                        "s",
                        "setup",
                        "siteadmin",
                        "ui",
                        "v1",
                        "whatsapp",
                        "ws"))
                .filteredOn(name -> name.length() >= 3) // shorter ones are not valid usernames
                .allMatch(ReservedNames::contains);
    }

    @Test
    void aboutThreeHundredAreReservedAhead() {
        assertThat(ReservedNames.NAMES)
                .hasSizeGreaterThan(300)
                .contains("about", "billing", "pricing", "security", "support", "webhooks", "workspaces")
                .allMatch(name -> name.equals(name.toLowerCase(Locale.ROOT)));
    }

    @Test
    void reservedNamesCannotBeRegistered() {
        for (String name : List.of("admin", "Admin", "OPERATOR", "login", "banyan", "support")) {
            var answer = TestClient.anonymous()
                    .post(
                            "/api/register",
                            Map.of(
                                    "email",
                                    world.name("reserved") + "@people.example",
                                    "username",
                                    name,
                                    "password",
                                    TestWorld.PASSWORD));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
            assertThat(answer.error()).isEqualTo("Username already taken");
        }
        assertThat(world.select(
                        "SELECT id FROM identities WHERE email = ?", world.name("reserved") + "@people.example"))
                .isEmpty();
    }

    @Test
    void reservedNamesCannotBeSubAccounts() {
        var acme = TestClient.of(world.acme());
        for (String name : List.of("public", "WHATSAPP", "api")) {
            var answer = acme.post("/api/admin/CreateSubAccount", Map.of("username", name, "displayName", "Brand"));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.error()).isEqualTo("Username already taken");
        }
    }
}
