package dev.banyan.console.moving;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestWorld;
import dev.banyan.console.CommandResult;
import dev.banyan.console.RecordedScreen;
import dev.banyan.console.session.Commands;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `migrate-project`, `export-workspace` and `import-workspace` as typed.
@QuarkusTest
class MoveCommandsTest {

    @Inject
    TestWorld world;

    @Inject
    Commands commands;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void thereIsAWorkspace() {
        world.salesAdmin();
    }

    @Test
    void aFolderIsLookedAtFirstAndThenMovedIntoANewWorkspace() throws IOException {
        Path one = Files.createDirectories(folder.resolve("old data/conv_1"));
        Files.writeString(one.resolve("conversation.json"), """
                {"metadata": {"createdAt": 1700000000000}, "messages": [{"role": "user", "content": "Hello"}]}
                """);
        Path users = folder.resolve("users.csv");
        Files.writeString(users, "username,email\nleila,leila@example.com\n");
        String line = "migrate-project --project Atlas --create \"Field Team\" --from \"" + folder.resolve("old data")
                + "\" --users \"" + users + "\"";

        assertThat(run(line + " --dry-run", 0))
                .contains("would be created", "→ conv_1: 1 message", "Conversations   moved 1 with 1 messages")
                .contains("Nothing was written");
        assertThat(workspaces()).isEqualTo(1);
        assertThat(run(line, 1))
                .contains("✅ Workspace created: Field Team", "added 0, invited 1", "❌ conv_1: it has no user");
        assertThat(workspaces()).isEqualTo(2);
        assertThat(run(
                        "migrate-project --project Atlas --workspace Sales --owner amira --from \""
                                + folder.resolve("old data") + "\"",
                        0))
                .contains("moved 1 with 1 messages, already there 0, refused 0", "The source files are unchanged");
        assertThat(run(
                        "migrate-project --project Atlas --workspace Sales --owner amira --from \""
                                + folder.resolve("old data") + "\"",
                        0))
                .contains("moved 0 with 0 messages, already there 1, refused 0");
    }

    @Test
    void aWorkspaceGoesOutAndComesInAsAnotherOne() {
        Path archive = folder.resolve("sales.zip");
        assertThat(run("export-workspace --project Atlas --workspace Sales --to \"" + archive + "\"", 0))
                .contains("✅ “Sales” is in " + archive);
        assertThat(archive).isRegularFile();
        run("export-workspace --project Atlas --workspace Sales --to \"" + archive + "\"", 1);
        assertThat(run("import-workspace --project Atlas --from \"" + archive + "\" --dry-run", 0))
                .contains("Nothing was written. Expected result: “Sales”", "1 users");
        assertThat(workspaces()).isEqualTo(1);
        assertThat(run("import-workspace --project Atlas --from \"" + archive + "\" --name \"Sales Copy\"", 0))
                .contains("✅ “Sales Copy” (scl_");
        assertThat(workspaces()).isEqualTo(2);
    }

    @Test
    void whatCannotBeMeantIsSaid() {
        assertThat(run("migrate-project --project Atlas --workspace Nowhere --from /tmp", 1))
                .contains("Workspace “Nowhere” not found");
        assertThat(run("migrate-project --project Nothing --workspace Sales --from /tmp", 1))
                .contains("Project “Nothing” not found");
        assertThat(run("migrate-project --project Atlas --wrong x --from /tmp", 1))
                .contains("Unknown option '--wrong'");
        assertThat(run("migrate-project --project Atlas --workspace Sales --create X --from /tmp", 1))
                .contains("Usage: migrate-project");
        assertThat(run("import-workspace --project Atlas --from /nowhere/file.zip", 1))
                .contains("The server can't read");
        assertThat(run("migrate-project --project Atlas --workspace Sales --from /nowhere/at/all", 1))
                .contains("isn't a folder that this server can read");
    }

    private long workspaces() {
        return world.count(
                "SELECT count(*) FROM sub_clients WHERE project_id = ?",
                world.project().id().toString());
    }

    private String run(String line, int code) {
        var screen = new RecordedScreen();
        CommandResult outcome = commands.run(line, Optional.of(world.acme().username()), false, "", screen);
        assertThat(outcome.code()).as("%s: %s", line, screen.text()).isEqualTo(code);
        return screen.text();
    }
}
