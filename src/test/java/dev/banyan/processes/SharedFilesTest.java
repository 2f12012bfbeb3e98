package dev.banyan.processes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.FreePort;
import dev.banyan.ServerProcess;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.platform.files.S3Mock;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Two servers with one bucket (`BANYAN_FILES_URL`): a file that one of them took is served by the other.
@TestInstance(Lifecycle.PER_CLASS)
class SharedFilesTest {

    private static final String PASSWORD = "a quiet harbour";
    private static final Pattern PICTURE = Pattern.compile("/media/[0-9a-f-]{36}");

    private Optional<ClusterServers> cluster = Optional.empty();
    private Path folder = Path.of("");
    private TestClient onFirst = TestClient.anonymous();
    private TestClient onSecond = onFirst;

    @BeforeAll
    void start(@TempDir Path folder) {
        this.folder = folder;
        var servers = new ClusterServers(folder, S3Mock.environment(S3Mock.newUrl()));
        cluster = Optional.of(servers);
        ServerProcess first = servers.start("first");
        ServerProcess second = servers.start("second");
        onFirst = ClusterServers.owner(first, "keeper");
        onSecond = onFirst.on(second.awaitReady());
    }

    @AfterAll
    void stop() {
        cluster.orElseThrow().close();
        assertThat(folder.resolve("first/files")).doesNotExist();
        assertThat(folder.resolve("second/files")).doesNotExist();
    }

    private static Answer done(Answer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        return answer;
    }

    @Test
    void aPictureOfAPage() throws IOException {
        String page = done(onFirst.post("/api/admin/CreatePage", Map.of("slug", "start", "name", "Start")), 200)
                .json()
                .at("/page/id")
                .asText();
        done(
                onFirst.multipart(
                        "/admin/pages/" + page + "/appearance",
                        Map.of("as", "keeper"),
                        "avatar",
                        "x.png",
                        "image/png",
                        picture()),
                303);

        Matcher found = Eventually.until(
                () -> PICTURE.matcher(onSecond.get("/keeper/start").text()), Matcher::find);
        Answer there = done(onSecond.get(found.group()), 200);
        assertThat(there.header("Content-Length")).contains(Integer.toString(there.bytes().length));
        assertThat(there.bytes()).isEqualTo(onFirst.get(found.group()).bytes()).hasSizeGreaterThan(100);
        Answer part = done(onSecond.with("Range", "bytes=5-24").get(found.group()), 206);
        assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(there.bytes(), 5, 25));
        assertThat(part.header("Content-Range")).contains("bytes 5-24/" + there.bytes().length);
        Answer end = done(onSecond.with("Range", "bytes=-7").get(found.group()), 206);
        assertThat(end.bytes())
                .isEqualTo(Arrays.copyOfRange(there.bytes(), there.bytes().length - 7, there.bytes().length));
        assertThat(onSecond.with("Range", "bytes=9999999-").get(found.group()).status())
                .isEqualTo(416);
    }

    @Test
    void whileTheBucketIsAwayOnlyWhatNeedsAFileIsRefused() throws IOException {
        Map<String, String> away = S3Mock.environment("s3://127.0.0.1:" + FreePort.next() + "/bucket?tls=off");
        try (var servers = new ClusterServers(folder.resolve("away"), away)) {
            TestClient owner = ClusterServers.owner(servers.start("alone"), "loner");
            String page = done(owner.post("/api/admin/CreatePage", Map.of("slug", "start", "name", "Start")), 200)
                    .json()
                    .at("/page/id")
                    .asText();

            Answer refused = owner.multipart(
                    "/admin/pages/" + page + "/appearance",
                    Map.of("as", "loner"),
                    "avatar",
                    "x.png",
                    "image/png",
                    picture());

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isPresent();
            done(owner.get("/loner/start"), 200);
            done(owner.get("/readyz"), 200);
        }
    }

    private static byte[] picture() throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    @Test
    void aFileInAConversation() {
        JsonNode project = onFirst.post("/api/projects", Map.of("name", "Harbour", "sub_clients_enabled", true))
                .json()
                .at("/data/project");
        JsonNode room = onFirst.post(
                        "/api/projects/" + project.path("id").asText() + "/sub-clients", Map.of("name", "Room"))
                .json()
                .at("/data/subClient");
        String path =
                room.path("short_id").asText() + "-" + room.path("pathname").asText();
        Answer registered = onFirst.post(
                "/api/sub-client/register",
                Map.of("shortPath", path, "email", "amira@guests.example", "username", "amira", "password", PASSWORD));
        String cookie = registered.header("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        TestClient amira = onFirst.with("Cookie", cookie);
        byte[] menu = "Soup, rice and tea. ".repeat(20_000).getBytes(StandardCharsets.UTF_8);

        String file = done(
                        amira.upload(
                                "/api/sub-client/attachments?shortPath=" + path, Map.of("key", "k1"), "menu.txt", menu),
                        201)
                .json()
                .at("/data/attachment/id")
                .asText();

        String address = "/api/sub-client/attachments/" + file + "?shortPath=" + path;
        TestClient there = onSecond.with("Cookie", cookie);
        assertThat(done(there.get(address), 200).bytes()).isEqualTo(menu);
        Answer part = done(there.with("Range", "bytes=399990-").get(address), 206);
        assertThat(part.text()).isEqualTo("e and tea. ".substring(1));
        assertThat(part.header("Content-Range")).contains("bytes 399990-399999/400000");
    }
}
