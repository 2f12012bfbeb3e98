package dev.banyan.workspaces.administration;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// The seed's `grep -i sub-client` finds what happened to workspaces in the log.
@QuarkusTest
class WorkspaceLogTest {

    private static final Path LOG = Path.of(System.getProperty("quarkus.log.file.path"));

    @Inject
    TestWorld world;

    @Test
    void theLifeOfAWorkspaceIsInTheLog() throws IOException {
        var owner = world.context(world.acme());
        TestClient acme = TestClient.of(world.acme());
        String all =
                "/api/projects/" + world.project(owner, "Confidential Group").id() + "/sub-clients";
        String id = acme.post(all, Map.of("name", "Confidential Desk"))
                .json()
                .at("/data/subClient/id")
                .asText();
        acme.put(all + "/" + id, Map.of());
        acme.put(all + "/" + id, Map.of("description", "Orders"));
        acme.put(all + "/" + id, Map.of("suspended", true));
        acme.put(all + "/" + id, Map.of("suspended", false));
        acme.put(all + "/" + id, Map.of("suspended", true));
        acme.delete(all + "/" + id);

        List<String> found;
        try (var lines = Files.lines(LOG)) {
            found = lines.filter(line -> line.toLowerCase(Locale.ROOT).contains("sub-client") && line.contains(id))
                    .toList();
        }
        assertThat(found)
                .allMatch(line -> line.contains(" INFO ") && !line.contains("Confidential"))
                .extracting(
                        line -> line.substring(line.indexOf(id) + id.length()).split("[ ,]+")[1])
                .containsExactly("created", "updated", "suspended", "reactivated", "suspended", "deleted");
    }
}
