package dev.banyan.workspaces.archive;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestServer;
import dev.banyan.platform.Digests;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.ChatRooms;
import dev.banyan.workspaces.ChatRooms.Chatter;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.archive.WorkspaceExports.Exported;
import dev.banyan.workspaces.archive.WorkspaceImports.Imported;
import dev.banyan.workspaces.migration.ConversationMigration;
import dev.banyan.workspaces.signin.LoggedIn;
import dev.banyan.workspaces.signin.WorkspaceLogins;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Export and import of a whole workspace as a file.
@QuarkusTest
class WorkspaceArchivesTest {

    @Inject
    ChatRooms rooms;

    @Inject
    WorkspaceExports exports;

    @Inject
    WorkspaceImports imports;

    @Inject
    ConversationMigration moves;

    @Inject
    WorkspaceLogins logins;

    @Inject
    Settings settings;

    @Inject
    Database database;

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
                new ConversationMigration.MigrationRequest(
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
        // The original is unchanged, and users sign in to the copy with their existing passwords.
        assertThat(content(exported(sales))).isEqualTo(content(first));
        assertThat(logins.login(Actor.SERVER, copy.shortPath(), amira.user().username(), ChatRooms.PASSWORD))
                .isInstanceOf(LoggedIn.Welcome.class);
        for (String path : rooms.world()
                .select(
                        "SELECT path FROM attachments WHERE sub_client_id = ?",
                        copy.id().value())) {
            assertThat(Files.readString(TestServer.data().resolve("files").resolve(path)))
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

    /// Both were made longer after their columns.
    @Test
    void contactsWithoutANumberAndLongUsernamesComeBack() throws IOException {
        String contact = "AE.ENT.11815000000000000001@01a2aca9-4869-7000-86a7-473de1b4aa41";
        rooms.world()
                .sql(
                        "INSERT INTO contacts (id, tenant_id, sub_client_id, phone, name, created_at, updated_at)"
                                + " VALUES (?, ?, ?, ?, 'Amal', 1, 2)",
                        java.util.UUID.randomUUID().toString(),
                        sales.owner().tenant().toString(),
                        sales.id().value(),
                        contact);
        String username = "a".repeat(64);
        rooms.world()
                .sql(
                        "UPDATE sub_client_users SET username = ? WHERE sub_client_id = ?",
                        username,
                        sales.id().value());

        Workspace copy = done(imports.run(rooms.owner(), sales.project(), exported(sales), Optional.empty(), false))
                .workspace();

        assertThat(rooms.world()
                        .select(
                                "SELECT phone FROM contacts WHERE sub_client_id = ?",
                                copy.id().value()))
                .containsExactly(contact);
        assertThat(rooms.world()
                        .select(
                                "SELECT username FROM sub_client_users WHERE sub_client_id = ?",
                                copy.id().value()))
                .containsExactly(username);
    }

    @Test
    void peopleOfAnArchiveWithoutHashesChooseANewPassword() throws IOException {
        Path exported = archive(exports.export(side(), sales.project(), sales.id(), false));
        assertThat(content(exported)).doesNotContain("password_hash");

        Workspace copy = done(imports.run(rooms.owner(), sales.project(), exported, Optional.of("Copy"), false))
                .workspace();

        assertThat(logins.login(Actor.SERVER, copy.shortPath(), amira.user().username(), ChatRooms.PASSWORD))
                .isInstanceOf(LoggedIn.WrongCredentials.class);
        assertThat(rooms.world()
                        .select(
                                "SELECT username FROM sub_client_users WHERE sub_client_id = ?",
                                copy.id().value()))
                .containsExactly(amira.user().username());
    }

    @Test
    void anArchiveThatWasChangedIsRefusedAndLeavesNothing() throws IOException {
        Path archive = exported(sales);
        long before = workspacesOf();
        assertThat(broken(changed(archive, "tables/messages.jsonl", text -> text.replace("question", "order"))))
                .isEqualTo("tables/messages.jsonl was changed after the export");
        assertThat(broken(changed(archive, "tables/users.jsonl", text -> text + "{}")))
                .contains("manifest");
        assertThat(broken(changed(archive, "manifest.json", text -> text.replace("\"format\" : 1", "\"format\" : 9"))))
                .isEqualTo("Its format is 9, and this server supports 1");
        assertThat(broken(changed(archive, "manifest.json", text -> text.replace("banyan-workspace", "backup"))))
                .isEqualTo("It is not a workspace archive");
        assertThat(broken(changed(
                        archive,
                        "manifest.json",
                        text -> text.replaceFirst("\"id\" : \"[0-9a-f-]{36}\"", "\"id\" : \"../../../etc/x\""))))
                .isEqualTo("It contains an unknown file");
        Path text = folder.resolve("no.zip");
        Files.writeString(text, "no archive");
        assertThat(broken(text)).isEqualTo("It is not a ZIP file");
        assertThat(workspacesOf()).isEqualTo(before);
    }

    /// The manifest can claim anything, so everything is counted before anything is stored.
    @Test
    void anArchiveHoldsNoMoreThanItSaysAndNoMoreThanThereIsRoomFor() throws IOException {
        Path archive = exported(sales);
        assertThat(broken(changed(
                        archive,
                        "manifest.json",
                        text -> text.replaceFirst("(\"name\" : \"messages\",\\s*\"rows\" : )2", "$10"))))
                .isEqualTo("tables/messages.jsonl doesn't have the number of rows given in the manifest");

        String rows = "{}\n".repeat(500_001);
        assertThat(broken(made(
                        "{}",
                        "{\"name\": \"contacts\", \"rows\": 0, \"sha256\": \"" + Digests.sha256Hex(rows) + "\"}",
                        "",
                        Map.of("tables/contacts.jsonl", rows))))
                .isEqualTo("It has more than 500,000 rows");

        String files = IntStream.range(0, settings.storageMegabytes() / settings.attachmentMegabytes() + 1)
                .mapToObj(i -> "{\"id\": \"" + new UUID(0, i) + "\", \"size\": " + settings.attachmentBytes()
                        + ", \"sha256\": \"\"}")
                .collect(Collectors.joining(","));
        assertThat(broken(made("{}", "", files, Map.of())))
                .isEqualTo("Its files exceed the storage limit of a workspace, " + settings.storageMegabytes() + " MB");
        assertThat(broken(made("{}", "", "{\"id\": \"x\", \"size\": -1, \"sha256\": \"\"}", Map.of())))
                .startsWith("A file in it is larger than");
        String brackets = "[],".repeat(600_000) + "[]";
        assertThat(broken(made("{\"name\": [" + brackets + "]}", "", "", Map.of())))
                .isEqualTo("Its manifest is damaged");

        String longId = "{\"id\": \"" + "x".repeat(65) + "\"}";
        assertThat(broken(made(
                        "{}",
                        "{\"name\": \"attachments\", \"rows\": 1, \"sha256\": \"" + Digests.sha256Hex(longId) + "\"}",
                        "",
                        Map.of("tables/attachments.jsonl", longId))))
                .isEqualTo("An id in it is too long");
    }

    @Test
    void oneImportAndOneExportGoOnAtATime() {
        Path archive = exported(sales);
        List<Imported> imported =
                twoAtOnce(() -> imports.run(rooms.owner(), sales.project(), archive, Optional.empty(), true));
        assertThat(imported.getFirst()).isInstanceOf(Imported.Busy.class);
        assertThat(imported.getLast()).isInstanceOf(Imported.Done.class);
        assertThat(imports.run(rooms.owner(), sales.project(), archive, Optional.empty(), true))
                .isInstanceOf(Imported.Done.class);

        List<Outcome<Exported>> exported = twoAtOnce(() -> exports.export(side(), sales.project(), sales.id(), true));
        assertThat(exported.getFirst())
                .isEqualTo(Outcome.refused(new Refusal.Conflict("Another export is in progress")));
        assertThat(exported.getLast()).isInstanceOf(Outcome.Done.class);
        assertThat(exported(sales)).isRegularFile();
    }

    /// Blocks the writer until one of the two has ended: the other waits for it in the middle of its work.
    ///
    /// @return in the order in which they end
    private <T> List<T> twoAtOnce(Supplier<T> work) {
        var ended = new LinkedBlockingQueue<T>();
        T first = database.write(tx -> {
            Thread.ofVirtual().start(() -> ended.add(work.get()));
            Thread.ofVirtual().start(() -> ended.add(work.get()));
            return next(ended);
        });
        return List.of(first, next(ended));
    }

    private static <T> T next(BlockingQueue<T> ended) {
        try {
            return Optional.ofNullable(ended.poll(Eventually.SECONDS, TimeUnit.SECONDS))
                    .orElseThrow(() -> new AssertionError("Nothing has ended"));
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
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
        return archive(exports.export(side(), workspace.project(), workspace.id(), true));
    }

    private static Path archive(Outcome<Exported> exported) {
        return exported.orElseThrow(refusal -> new AssertionError(refusal)).archive();
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

    /// Returns the content of an archive, without ids, digests and creation time; rows sorted by text.
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

    private Path made(String look, String tables, String files, Map<String, String> entries) throws IOException {
        Path made = Files.createTempFile(folder, "made", ".zip");
        var all = new HashMap<>(entries);
        all.put("manifest.json", """
            {"format": 1, "kind": "banyan-workspace", "createdAt": "", "workspace": %s, "tables": [%s], "files": [%s]}
            """.formatted(look, tables, files));
        try (var zip = new ZipOutputStream(Files.newOutputStream(made))) {
            for (Map.Entry<String, String> entry : all.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return made;
    }

    /// Returns the archive with one entry replaced.
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
