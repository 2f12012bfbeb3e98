package dev.banyan.workspaces.migration;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestServer;
import dev.banyan.workspaces.ChatRooms;
import dev.banyan.workspaces.ChatRooms.Chatter;
import dev.banyan.workspaces.Workspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The guide for a project that moves to Banyan.
@QuarkusTest
class MigrationPageTest {

    private static final String BOUNDARY = "saltmarsh-boundary";
    private static final int LOOKS = 10_000;

    @Inject
    ChatRooms rooms;

    @Inject
    MigrationJobs runs;

    private Workspace sales;
    private TestClient owner;
    private String page;

    @BeforeEach
    void thereIsAWorkspace() {
        sales = rooms.workspace("Sales Team");
        rooms.world().confirm(rooms.world().acme());
        owner = TestClient.of(rooms.world().acme());
        page = "/projects/" + sales.project() + "/move-in";
    }

    @Test
    void stepsTickThemselvesOrByHand() {
        assertThat(owner.get(page).text()).contains("2 of 10 steps done", "Plan workspaces");
        owner.form(page + "/steps", "as", rooms.world().acme().username(), "step", "plan", "value", "done");
        rooms.somebody(sales);
        assertThat(owner.get(page).text()).contains("4 of 10 steps done");
        owner.form(page + "/steps", "as", rooms.world().acme().username(), "step", "plan", "value", "open");
        assertThat(owner.get(page).text()).contains("3 of 10 steps done");
        assertThat(owner.form(
                                page + "/steps",
                                "as",
                                rooms.world().acme().username(),
                                "step",
                                "nonsense",
                                "value",
                                "done")
                        .status())
                .isEqualTo(404);
        assertThat(TestClient.of(rooms.world().rival()).get(page).status()).isEqualTo(404);
    }

    @Test
    void aListIsTriedFirstAndThenTakenIn() {
        byte[] list = "username,email\nomar_h,omar@example.com\nx,bad@example.com\n".getBytes(StandardCharsets.UTF_8);

        Answer tried = upload(page + "/users", "users.csv", list, Map.of("value", "try"));
        assertThat(tried.status()).as(tried.text()).isEqualTo(200);
        assertThat(tried.text())
                .contains("Check only, nothing was changed. Result: 0 added, 1 invited", "Line 3, x: Username");
        assertThat(invited()).isZero();
        Answer done = upload(page + "/users", "users.csv", list, Map.of("value", "import"));
        assertThat(done.text()).contains("0 added, 1 invited, 0 already there, 1 failed");
        assertThat(invited()).isEqualTo(1);
        assertThat(upload(page + "/users", "users.csv", new byte[0], Map.of("value", "import"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void anArchiveOfConversationsIsMovedWhileThePageTellsHowFarItIs() throws IOException {
        Chatter amira = rooms.somebody(sales);
        byte[] zip = zip(Map.of(
                "A1/conv_1/conversation.json",
                """
                {"metadata": {"createdAt": 1700000000000, "userId": "%s"},
                 "messages": [{"role": "user", "content": "Hello"}]}
                """.formatted(amira.user().username()),
                "A1/conv_1/plan.txt",
                "The plan",
                "A1/conv_2/conversation.json",
                "{"));

        Answer begun = upload(page + "/conversations", "old.zip", zip, Map.of("value", "move", "owner", ""));
        assertThat(begun.status()).as(begun.text()).isEqualTo(303);
        MigrationJobs.Progress end = end();
        assertThat(end.end().orElse(""))
                .isEqualTo("1 conversations with 1 messages and 1 files moved, 0 already there, 1 failed");
        assertThat(owner.get(page).text())
                .contains("Last migration", "Failed: conv_2: conversation.json: invalid JSON");
        upload(page + "/conversations", "old.zip", zip, Map.of("value", "move", "owner", ""));
        assertThat(end().end().orElse(""))
                .startsWith("0 conversations with 0 messages and 0 files moved, 1 already there");
        try (var left = Files.list(TestServer.data().resolve("run/moves"))) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("unpacked")))
                    .isEmpty();
        }
    }

    @Test
    void anArchiveThatWouldWriteElsewhereOrIsNoneIsRefused() throws IOException {
        upload(
                page + "/conversations",
                "old.zip",
                zip(Map.of("../../evil.txt", "evil")),
                Map.of("value", "move", "owner", ""));
        assertThat(end().end().orElse("")).isEqualTo("We can't use this archive: it contains an unsafe file path");
        assertThat(TestServer.data().resolve("run/evil.txt")).doesNotExist();
        assertThat(TestServer.data().resolve("evil.txt")).doesNotExist();
        upload(
                page + "/conversations",
                "old.zip",
                "no archive".getBytes(StandardCharsets.UTF_8),
                Map.of("value", "move", "owner", ""));
        assertThat(end().end().orElse("")).contains("it is not a ZIP file, or it is empty");
    }

    private long invited() {
        return rooms.world()
                .count(
                        "SELECT count(*) FROM workspace_invitations WHERE sub_client_id = ?",
                        sales.id().value());
    }

    /// Waits until the move is complete.
    private MigrationJobs.Progress end() {
        for (int look = 0; look < LOOKS; look++) {
            Optional<MigrationJobs.Progress> progress = runs.progress(sales.project());
            if (progress.flatMap(MigrationJobs.Progress::end).isPresent()) {
                return progress.get();
            }
            owner.get("/healthz"); // takes a moment
        }
        throw new AssertionError("The move does not end: " + runs.progress(sales.project()));
    }

    private Answer upload(String path, String name, byte[] file, Map<String, String> fields) {
        var all = new LinkedHashMap<>(fields);
        all.put("as", rooms.world().acme().username());
        all.put("workspace", sales.id().value());
        var body = new ByteArrayOutputStream();
        all.forEach((field, value) -> body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\""
                        + field + "\"\r\n\r\n" + value + "\r\n")
                .getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return owner.with("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .send("POST", path, BodyPublishers.ofByteArray(body.toByteArray()));
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
