package dev.banyan.attack.processes;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.tngtech.archunit.core.domain.JavaCall;
import dev.banyan.ReachingRoutes;
import dev.banyan.ServerProcess;
import dev.banyan.platform.db.TestDatabases;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Another user of the machine ran Banyan, or left something in its temporary folder under a name that we would use.
class LyingInTheTemporaryFolderTest {

    /// Java makes their files in the temporary folder that it was started with.
    private static final Set<String> WITHOUT_A_FOLDER = Set.of(
            "java.nio.file.Files.createTempFile(java.lang.String, java.lang.String, [Ljava.nio.file.attribute.FileAttribute;)",
            "java.nio.file.Files.createTempDirectory(java.lang.String, [Ljava.nio.file.attribute.FileAttribute;)",
            "java.io.File.createTempFile(java.lang.String, java.lang.String)",
            "java.awt.Font.createFont(int, java.io.InputStream)",
            "javax.imageio.ImageIO.read(java.io.InputStream)",
            "javax.imageio.ImageIO.read(java.io.File)",
            "javax.imageio.ImageIO.write(java.awt.image.RenderedImage, java.lang.String, java.io.OutputStream)",
            "javax.imageio.ImageIO.createImageInputStream(java.lang.Object)",
            "javax.imageio.ImageIO.createImageOutputStream(java.lang.Object)");

    private static final String UPLOAD =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n" + "x".repeat(100_000)
                    + "\r\n--b--\r\n";

    /// As root, permissions stop nothing: a file where a folder should be does.
    @Test
    void theServerStartsAndLeavesNothingThere(@TempDir Path foreign, @TempDir Path data) throws Exception {
        for (String name : List.of("vertx-cache", "JNA", "jna", "quarkus", "banyan")) {
            Files.writeString(foreign.resolve(name), "not yours");
        }
        List<Path> before = content(foreign);
        TestDatabases.putMigratedFile(data.resolve("banyan.db"));
        try (var server = ServerProcess.start(
                Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + foreign, "HOME", foreign.toString()),
                "serve",
                "--port=0",
                "--data",
                data.toString())) {
            URI at = server.awaitReady();
            assertThat(status(at, "/login")).isIn(200, 303);
            assertThat(post(
                            at,
                            "/api/login",
                            "application/json",
                            "{\"email\":\"a@example.com\",\"password\":\"guess-no-1\"}"))
                    .isBetween(400, 499);
            assertThat(post(at, "/api/admin/pages/picture", "multipart/form-data; boundary=b", UPLOAD))
                    .isBetween(400, 499);
            assertThat(content(foreign)).isEqualTo(before);
        }
        assertThat(content(foreign)).isEqualTo(before);
        assertThat(content(data.resolve("run"))).contains(data.resolve("run/caches"));
    }

    @Test
    void nothingOfOursIsMadeThere() {
        noClasses()
                .should()
                .callCodeUnitWhere(describe(
                        "makes a file in the temporary folder of the machine",
                        (JavaCall<?> call) -> WITHOUT_A_FOLDER.contains(call.getTarget()
                                .getFullName()
                                .replace(
                                        "java.nio.file.attribute.FileAttribute[]",
                                        "[Ljava.nio.file.attribute.FileAttribute;"))))
                .because("PrivateFiles.temporaryFile makes them in the data folder")
                .check(ReachingRoutes.CLASSES);
    }

    private static List<Path> content(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private static int status(URI at, String path) {
        return send(HttpRequest.newBuilder(at.resolve(path)));
    }

    private static int post(URI at, String path, String type, String body) {
        return send(HttpRequest.newBuilder(at.resolve(path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body)));
    }

    private static int send(HttpRequest.Builder request) {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException failure) {
            return 0;
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }
}
