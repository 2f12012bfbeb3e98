package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `./banyan` does before Java starts.
class LauncherTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @Test
    void sourcesThatCannotBeBuiltStartTheLastGoodBuildAndOneLineSaysSo() throws Exception {
        sourcesNewerThanTheBuild();

        Ended ended = launchWith("echo half > target/quarkus-app/quarkus-run.jar; exit 1", "serve");

        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("started with good serve --data " + root.resolve("data"));
        assertThat(ended.said().lines().filter(line -> line.contains("failed")))
                .singleElement()
                .asString()
                .contains("Using the last good build, from 2026-11-20 12:0", root.resolve("target/build.log") + "");
    }

    @Test
    void afterABuildWasInterruptedTheLastGoodOneIsStillThere() throws Exception {
        sourcesNewerThanTheBuild();
        launchWith("kill -KILL $PPID", "demo");

        Ended ended = launchWith("exit 1", "demo");

        assertThat(ended.said()).contains("started with good demo");
        assertThat(launchWith("echo new > target/quarkus-app/quarkus-run.jar", "console")
                        .said())
                .contains("started with new console")
                .doesNotContain("failed");
    }

    @Test
    void whatAnInterruptedBuildLeftNeverPassesForAGoodOne() throws Exception {
        sourcesNewerThanTheBuild();
        launchWith("echo half > target/quarkus-app/quarkus-run.jar; kill -KILL $PPID", "demo");
        launchWith("echo half > target/quarkus-app/quarkus-run.jar; kill -KILL $PPID", "demo");

        assertThat(launchWith("exit 1", "demo").said()).contains("started with good demo");
    }

    @Test
    void withoutAGoodBuildAFailedOneShowsTheEndOfItsLog() throws Exception {
        sourcesNewerThanTheBuild();
        Files.delete(root.resolve("target/quarkus-app/quarkus-run.jar"));

        Ended ended = launchWith("echo cannot find symbol; exit 1", "serve");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said()).contains("cannot find symbol").doesNotContain("started");
    }

    private record Ended(int code, String said) {}

    /// Lays out a checkout with a build, changed sources, and a JDK that only shows what it would start.
    private void sourcesNewerThanTheBuild() throws IOException {
        Files.copy(Path.of("banyan"), root.resolve("banyan"), StandardCopyOption.COPY_ATTRIBUTES);
        write("release/jdk", Files.readString(Path.of("release", "jdk")));
        write("target/.built", "");
        write("target/quarkus-app/quarkus-run.jar", "good");
        for (String file : List.of("target/.built", "target/quarkus-app/quarkus-run.jar")) {
            Files.setLastModifiedTime(root.resolve(file), FileTime.from(Instant.parse("2026-11-20T12:00:00Z")));
        }
        write("target/banyan.aot", "newer than the build, so that none is made");
        write("src/Broken.java", "");
        write("pom.xml", "");
        write(".mvn/jvm.config", "");
        write("jdk/release", "JAVA_VERSION=\"25\"");
        script("jdk/bin/javac", "");
        script("jdk/bin/java", """
                while [ "$1" != -jar ]; do shift; done
                jar=$2
                shift 2
                echo "started with $(cat "$jar") $*"
                """);
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    private void script(String file, String text) throws IOException {
        write(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(root.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// @param build what Maven does
    private Ended launchWith(String build, String command) throws IOException, InterruptedException {
        script("mvnw", "mkdir -p target/quarkus-app\n" + build);
        var builder = new ProcessBuilder(root.resolve("banyan").toString(), command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("TZ", "UTC");
        builder.environment().put("HOME", root.toString());
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    @Test
    void aMachineWithoutAJdkGetsTheOneThatIsPinned() throws Exception {
        sourcesNewerThanTheBuild();
        byte[] jdk = archive();
        var asked = new AtomicInteger();
        try (Mirror mirror = Mirror.of(jdk, asked)) {
            pin(mirror, jdk);

            Ended first = launchWith("exit 1", "serve");
            Ended second = launchWith("exit 1", "serve");

            Path cache = root.resolve(".cache/banyan/jdk-99+1");
            assertThat(first.said())
                    .contains(
                            "Banyan needs JDK 99, and found none. Getting Temurin", mirror.address(), cache.toString())
                    .contains("started with good serve");
            assertThat(second.said()).contains("started with good serve").doesNotContain("Getting");
            assertThat(asked).hasValue(1);
            assertThat(root.resolve(".cache/banyan").toFile().list()).containsExactly("jdk-99+1");
        }
    }

    @Test
    void anotherJdkThanThePinnedOneIsDeleted() throws Exception {
        sourcesNewerThanTheBuild();
        byte[] jdk = archive();
        try (Mirror mirror = Mirror.of(jdk, new AtomicInteger())) {
            pin(mirror, "another".getBytes(StandardCharsets.UTF_8));

            Ended ended = launchWith("exit 1", "serve");

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.said()).contains("SHA-256 differs", "Install one:").doesNotContain("started");
            assertThat(root.resolve(".cache/banyan")).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:1, It can’t be had from there", "off, Install one:"})
    void whereNoJdkCanBeHadItSaysWhatToInstall(String mirror, String said) throws Exception {
        sourcesNewerThanTheBuild();
        write("release/jdk", "feature 99\nfrom " + mirror + "\n" + platform() + " jdk-99%2B1/jdk.tar.gz 00\n");

        Ended ended = launchWith("exit 1", "serve");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said()).contains(said, "Banyan needs JDK 99 or newer", "Install one:");
    }

    /// Whoever changes the version must not forget a platform.
    @Test
    void everyPinnedJdkIsOfOneVersionAndHasASum() throws IOException {
        List<String> pinned = Files.readAllLines(Path.of("release", "jdk")).stream()
                .filter(line -> line.startsWith("linux-"))
                .toList();

        assertThat(pinned)
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(line -> line.matches("[a-z0-9_-]+ \\S+ [0-9a-f]{64}"));
        assertThat(pinned.stream().map(line -> line.split("[ /]")[1]).distinct())
                .hasSize(1);
    }

    private record Mirror(HttpServer server) implements AutoCloseable {

        static Mirror of(byte[] jdk, AtomicInteger asked) throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                asked.incrementAndGet();
                exchange.sendResponseHeaders(200, jdk.length);
                try (OutputStream body = exchange.getResponseBody()) {
                    body.write(jdk);
                }
            });
            server.start();
            return new Mirror(server);
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    /// A JDK of a version that no machine has, as it is published: in a folder of its own.
    private byte[] archive() throws IOException, InterruptedException {
        write("published/jdk-99/release", "JAVA_VERSION=\"99\"");
        for (String program : List.of("java", "javac")) {
            Files.createDirectories(root.resolve("published/jdk-99/bin"));
            Files.copy(
                    root.resolve("jdk/bin/" + program),
                    root.resolve("published/jdk-99/bin/" + program),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        Path archive = root.resolve("published/jdk.tar.gz");
        assertThat(new ProcessBuilder("tar", "-czf", archive.toString(), "-C", root + "/published", "jdk-99")
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        return Files.readAllBytes(archive);
    }

    private void pin(Mirror mirror, byte[] archive) throws Exception {
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
        write(
                "release/jdk",
                "feature 99\nfrom " + mirror.address() + "\n" + platform() + " jdk-99%2B1/jdk.tar.gz " + sum + "\n");
    }

    private static String platform() throws IOException {
        Process uname = new ProcessBuilder(
                        "sh", "-c", "uname -s | tr A-Z a-z; uname -m; ls /lib | grep -qs ld-musl && echo musl")
                .start();
        return String.join("-", uname.inputReader().lines().toList());
    }

    @Test
    void withoutAWordItNamesTheThreeCommandsThatMatterAndHelp() throws Exception {
        String said = said();

        assertThat(said).contains("./banyan demo ", "./banyan serve ", "./banyan console ", "./banyan help");
        assertThat(said).doesNotContain("./banyan backup", "--port");
        assertThat(said.lines().count()).isLessThan(10);
    }

    @Test
    void helpShowsEveryCommand() throws Exception {
        String help = said("help");
        List<String> commands = commands();

        assertThat(commands).contains("demo", "import-workspace", "bench");
        assertThat(commands).allSatisfy(command -> assertThat(help).contains("\n  ./banyan " + command + " "));
    }

    /// Of the sources and of a release.
    @Test
    void commandsOfProgramsHaveAHelpOfTheirOwn() throws Exception {
        assertThat(said("api", "--help"))
                .contains("./banyan api OPERATION", "--list", "--fields", "--server URL", "--key KEY")
                .doesNotContain("./banyan demo", "--port");
        assertThat(said("listen", "-h"))
                .contains("./banyan listen --forward", "--secret SECRET")
                .doesNotContain("./banyan api");

        Path release = TestFolders.newFolder("release");
        for (String part : List.of("banyan", "help")) {
            Files.copy(Path.of("release", part), release.resolve(part));
        }
        Process process = new ProcessBuilder("sh", release.resolve("banyan").toString(), "api", "-h").start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(said("api", "--help"));
    }

    @Test
    void theVersionIsThatOfThePomEverywhere() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        String version = pom.substring(pom.indexOf("<version>") + "<version>".length(), pom.indexOf("</version>"));

        assertThat(said("--version"))
                .matches("Banyan " + Pattern.quote(version) + "( \\([0-9a-f]{10}(-modified)?\\))?\n");
        assertThat(Files.readString(Path.of("src/main/resources/application.properties")))
                .contains("quarkus.smallrye-openapi.info-version=" + version + "\n");
    }

    /// The first words of the launcher's `case`, such as `backup|doctor)`.
    private static List<String> commands() throws IOException {
        return Files.readString(Path.of("banyan"))
                .lines()
                .map(String::strip)
                .dropWhile(line -> !line.startsWith("case $command in"))
                .takeWhile(line -> !line.startsWith("version|"))
                .filter(line -> line.contains(")"))
                .map(line -> line.substring(0, line.indexOf(')')))
                .flatMap(names -> Stream.of(names.split("\\|")))
                .toList();
    }

    private static String said(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("./banyan"));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
