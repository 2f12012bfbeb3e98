package dev.banyan.attack;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Person;
import dev.banyan.workspaces.Workspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A manager of all brands exports a workspace to guess its users' passwords offline.
@QuarkusTest
class TakingPasswordHashesInAnExportTest {

    @Inject
    TestWorld world;

    private Workspace sales;
    private String path;

    @BeforeEach
    void aWorkspaceHasPeople() {
        sales = world.sales();
        world.salesUser();
        path = "/projects/" + sales.project() + "/sub-clients/" + sales.id() + "/export?as="
                + world.acme().username();
    }

    @Test
    void aManagerIsRefusedWithAndWithoutHashes() {
        Person manager = world.person("manager");
        world.sql(
                "INSERT INTO memberships (tenant_id, identity_id, role, created_at, scope, workspaces_enabled)"
                        + " VALUES (?, ?, 'manager', 0, 'all', 1)",
                world.acme().account().toString(),
                manager.identity().value().toString());
        TestClient client = TestClient.of(manager);

        for (String asked : new String[] {path, path + "&hashes=yes"}) {
            Answer refused = client.get(asked);
            assertThat(refused.status()).as(asked).isEqualTo(403);
            assertThat(refused.text()).contains("Only owners can open this page");
        }
        assertThat(client.get(path.replace("/export", "/settings")).text()).doesNotContain("/export");
    }

    @Test
    void anOwnerTakesHashesAlongOnlyWhenTheyAskForThem() throws IOException {
        TestClient owner = TestClient.of(world.acme());
        String settings = owner.get(path.replace("/export", "/settings")).text();
        assertThat(settings).contains("name=\"hashes\"");
        assertThat(settings).doesNotContainPattern("name=\"hashes\"[^>]*checked");

        assertThat(users(owner.get(path)))
                .contains(world.salesUser().email())
                .doesNotContain("password_hash", "argon2");
        assertThat(users(owner.get(path + "&hashes=yes"))).contains("password_hash", "argon2");
    }

    private static String users(Answer archive) throws IOException {
        assertThat(archive.status()).isEqualTo(200);
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive.bytes()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("tables/sub_client_users.jsonl")) {
                    return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        throw new AssertionError("No users in the archive");
    }
}
