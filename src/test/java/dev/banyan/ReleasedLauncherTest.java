package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What `banyan` of an unpacked release does before Java starts, on a system with hardly any programs. Java is a script
/// that prints its arguments.
@EnabledOnOs(OS.LINUX)
class ReleasedLauncherTest {

    private static final String PRINTS_ITS_ARGUMENTS = "printf '%s\\n' \"$@\"";

    @TempDir
    private Path machine;

    private final Map<String, String> environment = new HashMap<>();
    private Path release;

    @BeforeEach
    void unpack() throws IOException {
        machine = machine.toRealPath();
        release = Files.createDirectories(machine.resolve("my programs/banyan-0.1.0"));
        for (String file : List.of("banyan", "help", "java-options")) {
            Files.copy(Path.of("release", file), release.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.writeString(release.resolve("version"), "Banyan 0.1.0 (0123456789)\n");
        Files.createDirectories(release.resolve("runtime/bin"));
        executable(release.resolve("runtime/bin/java"), PRINTS_ITS_ARGUMENTS);
        Files.createDirectories(machine.resolve("bin"));
        for (String program : List.of("cat", "dirname", "readlink")) {
            Files.createSymbolicLink(machine.resolve("bin").resolve(program), Path.of("/usr/bin", program));
        }
        environment.put("PATH", machine.resolve("bin").toString());
    }

    @Test
    void dataLiesNextToTheFolderWhereTheNextVersionFindsIt() throws Exception {
        assertThat(program("serve", "--port", "8081")).containsExactly("serve", "--port", "8081", "--data", own());
        assertThat(program("demo")).containsExactly("demo", "--data", demo());
        assertThat(program("restore", "a.zip")).containsExactly("restore", "a.zip", "--data", own());
        assertThat(program("console", "-c", "list-servants"))
                .containsExactly("console", "--look-in", demo(), "--look-in", own(), "-c", "list-servants");
    }

    @Test
    void aNamedFolderIsLeftToTheProgram() throws Exception {
        assertThat(program("serve", "--data", "/var/lib/banyan")).containsExactly("serve", "--data", "/var/lib/banyan");
        assertThat(program("demo", "--data=x")).containsExactly("demo", "--data=x");
        environment.put("BANYAN_DATA", "/var/lib/banyan");
        assertThat(program("serve")).containsExactly("serve");
        assertThat(program("console")).startsWith("console", "--data=/var/lib/banyan");
    }

    @Test
    void backupDoctorAndAuditTakeTheFolderWhoseServerRuns() throws Exception {
        assertThat(program("doctor")).containsExactly("doctor", "--data", own());
        Files.createDirectories(Path.of(demo(), "run"));
        assertThat(program("backup", "a.zip")).containsExactly("backup", "a.zip", "--data", demo());
        Files.createDirectories(Path.of(own()));
        assertThat(program("audit", "verify")).containsExactly("audit", "verify", "--data", own());
        Files.createFile(Path.of(demo(), "run/server.json"));
        assertThat(program("audit", "verify")).containsExactly("audit", "verify", "--data", demo());
    }

    @Test
    void javaGetsTheSharedOptionsAndThenTheOperatorsOwn() throws Exception {
        String options = "@" + release.resolve("java-options");

        assertThat(java("serve")).startsWith(options, "-XX:+UseSerialGC", "-jar");
        environment.put("BANYAN_JAVA_OPTS", " -Xmx1g  -XX:+UseG1GC -Dfile=* ");
        assertThat(java("serve")).startsWith(options, "-Xmx1g", "-XX:+UseG1GC", "-Dfile=*", "-jar");

        for (String other : List.of("banyan", "deploy/Dockerfile")) {
            assertThat(Files.readString(Path.of(other)))
                    .contains("/java-options")
                    .doesNotContain("-Xmx512m");
        }
    }

    @Test
    void theCacheIsUsedWhereThereIsOne() throws Exception {
        assertThat(java("serve")).noneMatch(option -> option.contains("AOT"));
        Path cache = Files.createFile(release.resolve("banyan.aot"));
        assertThat(java("serve")).contains("-XX:AOTCache=" + cache);
    }

    @Test
    void aLinkElsewhereStartsTheSame() throws Exception {
        Path link = Files.createSymbolicLink(machine.resolve("bin/banyan"), release.resolve("banyan"));
        assertThat(said(0, link, "serve")).endsWith("serve\n--data\n" + own() + "\n");
    }

    @Test
    void aPackageHasOnePlaceForDataAndSettings() throws Exception {
        installAsPackage("1000");

        assertThat(program("serve")).containsExactly("serve", "--data", "/var/lib/banyan");
        assertThat(program("backup", "a.zip")).containsExactly("backup", "a.zip", "--data", "/var/lib/banyan");
        environment.put("HOME", "/home/jordan");
        assertThat(program("demo")).containsExactly("demo", "--data", "/home/jordan/banyan-demo");

        executable(release.resolve("runtime/bin/java"), "echo \"$BANYAN_SETTINGS_FILE\"");
        assertThat(java("serve")).containsExactly("/etc/banyan/banyan.properties");
        assertThat(java("demo")).containsExactly("");
        environment.put("BANYAN_SETTINGS_FILE", "/tmp/other");
        assertThat(java("serve")).containsExactly("/tmp/other");
    }

    /// A package is in the PATH: there is no `./banyan` to type.
    @Test
    void hintsOfAPackageNameTheCommandThatIsThere() throws Exception {
        installAsPackage("1000");
        String help = Files.readString(Path.of("release/help")).replace("./banyan", "banyan");
        Files.writeString(release.resolve("help"), help);

        assertThat(java("doctor")).contains("-Dbanyan.command=banyan");
        assertThat(said(2, release.resolve("banyan"), "unheard-of")).endsWith("see banyan help\n");
        assertThat(said(0, release.resolve("banyan"), "api", "--help")).contains("  banyan api ");
    }

    @Test
    void rootBecomesTheUserOfThePackageBeforeItTouchesData() throws Exception {
        installAsPackage("0");

        assertThat(java("doctor", "--port", "8081"))
                .containsExactly(
                        "--reuid=banyan",
                        "--regid=banyan",
                        "--init-groups",
                        "--",
                        release + "/banyan",
                        "doctor",
                        "--port",
                        "8081");
        assertThat(program("demo")).startsWith("demo");
        assertThat(java("--version")).containsExactly("Banyan 0.1.0 (0123456789)");
    }

    private void installAsPackage(String user) throws IOException {
        Files.copy(Path.of("release/deb/installed"), release.resolve("installed"));
        executable(machine.resolve("bin/id"), "echo " + user);
        executable(machine.resolve("bin/setpriv"), PRINTS_ITS_ARGUMENTS);
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void helpNamesWhatItKnowsAndNothingOfTheCheckout() throws Exception {
        String help = said(0, release.resolve("banyan"), "help");

        assertThat(help).contains(own(), demo()).doesNotContain("build", "./banyan test", "JAVA_HOME");
        assertThat(said(0, release.resolve("banyan"))).isEqualTo(help);
        assertThat(said(0, release.resolve("banyan"), "serve", "--help")).isEqualTo(help);
        List<String> commands = Pattern.compile("\n  ./banyan ([a-z-]+)")
                .matcher(help)
                .results()
                .map(found -> found.group(1))
                .filter(command -> !command.equals("help") && !command.equals("--version"))
                .toList();
        assertThat(commands).hasSizeGreaterThan(10);
        for (String command : commands) {
            assertThat(program(command)).startsWith(command);
        }
        assertThat(said(0, release.resolve("banyan"), "--version")).isEqualTo("Banyan 0.1.0 (0123456789)\n");
        assertThat(said(2, release.resolve("banyan"), "test")).contains("unknown command \"test\"");
    }

    private String own() {
        return machine + "/my programs/banyan-data";
    }

    private String demo() {
        return machine + "/my programs/banyan-demo";
    }

    /// Returns the words that the program gets.
    private List<String> program(String... words) throws IOException, InterruptedException {
        List<String> java = java(words);
        int jar = java.indexOf("-jar");
        assertThat(java.get(jar + 1)).isEqualTo(release + "/app/quarkus-run.jar");
        return java.subList(jar + 2, java.size());
    }

    private List<String> java(String... words) throws IOException, InterruptedException {
        return said(0, release.resolve("banyan"), words).lines().toList();
    }

    private String said(int code, Path launcher, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).directory(machine.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(code);
        return said;
    }
}
