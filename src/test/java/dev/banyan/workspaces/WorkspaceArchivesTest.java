package dev.banyan.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.TestClient;
import dev.banyan.platform.audit.Actor;
import dev.banyan.workspaces.ChatRooms.Chatter;
import dev.banyan.workspaces.WorkspaceExports.Exported;
import dev.banyan.workspaces.WorkspaceImports.Imported;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole workspace as a file, out and in again.
@QuarkusTest
class WorkspaceArchivesTest {

    @Inject
    ChatRooms rooms;

    @Inject
    WorkspaceExports exports;

    @Inject
    WorkspaceImports imports;

    @Inject
    ConversationMoves moves;

    @Inject
    WorkspaceLogins logins;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Workspace sales;
    private Chatter amira;

    @BeforeEach
    void thereIsAWorkspaceWithEverythingInIt() throws IOException {
        sales = rooms.workspace("Sales Team");
        amira = rooms.somebody(sales);
        Path talk = Files.createDirectories(folder.resolve("old/conv_1"));
        Files.writeString(
                talk.resolve("conversation.json"), """
                {"metadata": {"createdAt": 1700000000000, "userId": "%s"}, "messages": [
                 {"role": "user", "content": "Saltmarsh question"}, {"role": "assistant", "content": "An answer"}]}
                """.formatted(amira.user().username()));
        Files.writeString(talk.resolve("plan.txt"), "The plan");
        moves.run(
                side(),
                new ConversationMoves.Wanted(
                        sales.project(), sales.id(), folder.resolve("old"), Optional.empty(), false),
                _ -> {});
        rooms.world()
                .sql(
                        "INSERT INTO canned_replies (id, tenant_id, sub_client_id, name, body, created_at, updated_at)"
                                + " VALUES (?, ?, ?, 'hello', 'Good day', 1, 2)",
                        java.util.UUID.randomUUID().toString(),
                        sales.owner().tenant().toString(),
                        sales.id().value());
        rooms.world()
                .sql(
                        "UPDATE sub_clients SET welcome_text = 'Welcome', brand_color = '#0b5d4e' WHERE id = ?",
                        sales.id().value());
        rooms.world()
                .sql(
                        "INSERT INTO assistants (sub_client_id, tenant_id, kind, time_zone, sealed_key, updated_at)"
                                + " VALUES (?, ?, 'openai', 'UTC', 'sealed secret', 1)",
                        sales.id().value(),
                        sales.owner().tenant().toString());
    }

    @Test
    void whatComesBackIsWhatWentOut() throws IOException {
        Path first = exported(sales);
        assertThat(Files.readAllBytes(first)).isNotEmpty();
        assertThat(content(first)).doesNotContain("sealed secret");

        Imported.Done dry = done(imports.run(rooms.owner(), sales.project(), first, Optional.empty(), true));
        assertThat(dry.dryRun()).isTrue();
        assertThat(workspacesOf()).isEqualTo(1);
        Imported.Done done = done(imports.run(rooms.owner(), sales.project(), first, Optional.of("Copy"), false));
        assertThat(workspacesOf()).isEqualTo(2);
        Workspace copy = done.workspace();
        assertThat(copy.id()).isNotEqualTo(sales.id());
        assertThat(copy.shortId()).isNotEqualTo(sales.shortId());
        assertThat(done.files()).isEqualTo(1);

        assertThat(content(exported(copy)))
                .isEqualTo(content(first).replace("Sales Team", "Copy").replace("sales-team", "copy"));
        // The old one is as it was, and people sign in to the new one with the passwords they had.
        assertThat(content(exported(sales))).isEqualTo(content(first));
        assertThat(logins.login(Actor.SERVER, copy.shortPath(), amira.user().username(), ChatRooms.PASSWORD))
                .isInstanceOf(WorkspaceLogins.LoggedIn.Welcome.class);
        for (String path : rooms.world()
                .select(
                        "SELECT path FROM attachments WHERE sub_client_id = ?",
                        copy.id().value())) {
            assertThat(Files.readString(Path.of("target/test-data/files", path)))
                    .isEqualTo("The plan");
        }
        assertThat(rooms.world()
                        .select(
                                "SELECT files || ' ' || bytes FROM workspace_storage WHERE sub_client_id = ?",
                                copy.id().value()))
                .containsExactly("1 8");
        assertThat(rooms.world()
                        .count(
                                "SELECT count(*) FROM workspace_sessions WHERE sub_client_id = ?",
                                copy.id().value()))
                .isEqualTo(1);
    }

    @Test
    void anArchiveThatWasChangedIsRefusedAndLeavesNothing() throws IOException {
        Path archive = exported(sales);
        long before = workspacesOf();
        assertThat(broken(changed(archive, "tables/messages.jsonl", text -> text.replace("question", "order"))))
                .isEqualTo("tables/messages.jsonl was changed since it was written");
        assertThat(broken(changed(archive, "tables/users.jsonl", text -> text + "{}")))
                .contains("manifest");
        assertThat(broken(changed(archive, "manifest.json", text -> text.replace("\"format\" : 1", "\"format\" : 9"))))
                .isEqualTo("Its format is 9, and this server knows 1");
        assertThat(broken(changed(archive, "manifest.json", text -> text.replace("banyan-workspace", "backup"))))
                .isEqualTo("It is no archive of a workspace");
        assertThat(broken(changed(
                        archive,
                        "manifest.json",
                        text -> text.replaceFirst("\"id\" : \"[0-9a-f-]{36}\"", "\"id\" : \"../../../etc/x\""))))
                .isEqualTo("It has a file that does not belong there");
        Path text = folder.resolve("no.zip");
        Files.writeString(text, "no archive");
        assertThat(broken(text)).isEqualTo("It is no ZIP file");
        assertThat(workspacesOf()).isEqualTo(before);
    }

    @Test
    void theProjectsSideDownloadsAndNobodyElse() {
        String path = "/projects/" + sales.project() + "/sub-clients/" + sales.id() + "/export";
        var answer = TestClient.of(rooms.world().acme()).get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/zip");
        assertThat(answer.header("Content-Disposition").orElse("")).contains("workspace-sales-team.zip");
        assertThat(answer.bytes()).startsWith('P', 'K');
        assertThat(TestClient.of(rooms.world().rival()).get(path).status()).isEqualTo(404);
        assertThat(TestClient.anonymous()
                        .with("Cookie", amira.cookie())
                        .get(path)
                        .status())
                .isNotEqualTo(200);
        assertThat(rooms.world().count("SELECT count(*) FROM audit_events WHERE action = 'WorkspaceExported'"))
                .isPositive();
    }

    private WorkspaceActor side() {
        return new WorkspaceActor.ProjectSide(rooms.owner());
    }

    private Path exported(Workspace workspace) {
        return switch (exports.export(side(), workspace.project(), workspace.id())) {
            case Exported.Done done -> done.archive();
            case Exported other -> throw new AssertionError(other);
        };
    }

    private static Imported.Done done(Imported imported) {
        return switch (imported) {
            case Imported.Done done -> done;
            case Imported other -> throw new AssertionError(other);
        };
    }

    private String broken(Path archive) {
        return switch (imports.run(rooms.owner(), sales.project(), archive, Optional.empty(), false)) {
            case Imported.Broken broken -> broken.why();
            case Imported other -> throw new AssertionError(other);
        };
    }

    private long workspacesOf() {
        return rooms.world()
                .count(
                        "SELECT count(*) FROM sub_clients WHERE project_id = ?",
                        sales.project().toString());
    }

    /// All that an archive says, without ids, digests and the time of its making; rows in the order of their texts.
    private static String content(Path archive) throws IOException {
        var all = new TreeMap<String, List<String>>();
        try (var zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                if (entry.getName().startsWith("files/")) {
                    all.computeIfAbsent("files", _ -> new java.util.ArrayList<>())
                            .add(text);
                } else if (entry.getName().equals("manifest.json")) {
                    JsonNode manifest = TestClient.parse(text);
                    all.put("workspace", List.of(manifest.path("workspace").toString()));
                } else {
                    all.put(
                            entry.getName(),
                            text.lines()
                                    .map(WorkspaceArchivesTest::withoutIds)
                                    .sorted()
                                    .toList());
                }
            }
        }
        return all.toString();
    }

    private static String withoutIds(String row) {
        var values = new TreeMap<String, String>();
        TestClient.parse(row).properties().stream()
                .filter(field -> !field.getKey().equals("id")
                        && !field.getKey().endsWith("_id")
                        && !field.getKey().equals("uploaded_by")
                        && !field.getKey().equals("last_sign_in_at"))
                .forEach(field -> values.put(field.getKey(), field.getValue().toString()));
        return values.toString();
    }

    /// The archive with one entry that is another one.
    private Path changed(Path archive, String name, UnaryOperator<String> change) throws IOException {
        Path copy = Files.createTempFile(folder, "changed", ".zip");
        var entries = new HashMap<String, byte[]>();
        try (var zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        if (!entries.containsKey(name)) {
            entries.remove("manifest.json");
        } else {
            entries.compute(
                    name,
                    (_, bytes) -> change.apply(
                                    new String(java.util.Objects.requireNonNull(bytes), StandardCharsets.UTF_8))
                            .getBytes(StandardCharsets.UTF_8));
        }
        try (var zip = new ZipOutputStream(Files.newOutputStream(copy))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return copy;
    }
}
