package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What `./banyan test` does on a machine that lacks something, before it builds. The machine is a folder with the few
/// programs of a bare system and with fakes of Maven, Java, `apt-get` and `sudo`.
class BareMachineTest {

    private static final List<String> OF_THE_SYSTEM = List.of(
            "bash",
            "cat",
            "cut",
            "dirname",
            "env",
            "find",
            "grep",
            "mkdir",
            "readlink",
            "sh",
            "sleep",
            "timeout",
            "touch",
            "chmod",
            "uname");

    private static final String BUILDS = "mvnw -B -ntp verify -DskipTests";
    private static final String ONE_LINE =
            "banyan: the tests need %s. On Debian, run sudo apt-get install chromium caddy"
                    + " fonts-dejavu-core; on macOS, brew install chromium caddy. Then run ./banyan test again.";

    @TempDir
    private Path machine;

    private final Map<String, String> environment = new HashMap<>();

    private record Ended(int exit, List<String> lines) {

        boolean hasBuilt() {
            return lines.contains(BUILDS);
        }
    }

    @BeforeEach
    void aMachineWithAJdkAndNothingMore() throws IOException {
        Files.createDirectories(machine.resolve("bin"));
        Files.createDirectories(machine.resolve("target"));
        Files.createDirectories(machine.resolve("jdk/bin"));
        for (String name : OF_THE_SYSTEM) {
            Files.createSymbolicLink(machine.resolve("bin").resolve(name), ofTheSystem(name));
        }
        Files.copy(Path.of("banyan"), machine.resolve("banyan"));
        Files.createDirectories(machine.resolve("release"));
        Files.copy(Path.of("release", "jdk"), machine.resolve("release/jdk"));
        program("mvnw", """
                echo "mvnw $*"
                echo playwright.jar >"$HOME/target/playwright-classpath"
                """);
        Files.writeString(machine.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        program("jdk/bin/javac", "");
        program("jdk/bin/java", "exit 1");
        program("bin/id", "echo 1000");
        environment.put("PATH", machine.resolve("bin").toString());
        environment.put("HOME", machine.toString());
        environment.put("JAVA_HOME", machine.resolve("jdk").toString());
    }

    private static Path ofTheSystem(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private void program(String path, String script) throws IOException {
        Path file = machine.resolve(path);
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// Adds an `apt-get` that knows these packages; each brings a program of its name.
    private void aptKnows(String... packages) throws IOException {
        program("bin/apt-get", """
                for last; do :; done
                case $last in
                  update) exit 0 ;;
                  %s) echo "apt-get install $last" >>"$HOME/installed" ;;
                  *) echo "E: Unable to locate package $last"; exit 100 ;;
                esac
                echo >"$HOME/bin/$last"
                chmod +x "$HOME/bin/$last"
                """.formatted(String.join("|", packages)));
    }

    private List<String> installed() throws IOException {
        Path file = machine.resolve("installed");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private Ended test(String... options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(machine.resolve("banyan").toString(), "test"));
        command.addAll(List.of(options));
        return ended(command, "");
    }

    private Ended ended(List<String> command, String typed) throws IOException, InterruptedException {
        Path keyboard = Files.writeString(machine.resolve("keyboard"), typed);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectInput(keyboard.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> lines = process.inputReader().lines().map(String::strip).toList();
        return new Ended(process.waitFor(), lines);
    }

    @Test
    void nothingIsAskedOrInstalledWhereAllIsThere() throws Exception {
        program("bin/chromium", "");
        program("bin/caddy", "");
        aptKnows("chromium-headless-shell");

        Ended ended = test();

        assertThat(ended.exit()).as("%s", ended.lines()).isZero();
        assertThat(ended.lines().getFirst()).startsWith("Building and checking");
        assertThat(installed()).isEmpty();
    }

    @Test
    void rootInstallsWhatIsMissing() throws Exception {
        program("bin/id", "echo 0");
        environment.put("CI", "1");
        aptKnows("chromium-headless-shell", "chromium", "caddy");

        Ended ended = test();

        assertThat(ended.exit()).as("%s", ended.lines()).isZero();
        assertThat(ended.lines()).startsWith("Installing Chromium, Caddy with apt-get");
        assertThat(ended.hasBuilt()).isTrue();
        assertThat(installed()).containsExactly("apt-get install chromium-headless-shell", "apt-get install caddy");
    }

    @Test
    void withoutTheShellTheWholeBrowserIsInstalled() throws Exception {
        program("bin/id", "echo 0");
        environment.put("CI", "1");
        aptKnows("chromium", "caddy");

        assertThat(test().hasBuilt()).isTrue();
        assertThat(installed()).containsExactly("apt-get install chromium", "apt-get install caddy");
    }

    @Test
    void ciUsesSudoWithoutAQuestionAndPrefersTheQuickBrowser() throws Exception {
        program("bin/chromium", "");
        program("bin/caddy", "");
        program("bin/sudo", "echo \"sudo $1\" >>\"$HOME/installed\"; shift; exec \"$@\"");
        environment.put("CI", "true");
        aptKnows("chromium-headless-shell");

        assertThat(test().hasBuilt()).isTrue();
        assertThat(installed()).containsExactly("sudo -n", "sudo -n", "apt-get install chromium-headless-shell");
    }

    @Test
    void withoutRightsOneLineSaysWhatToInstall() throws Exception {
        environment.put("CI", "1");
        aptKnows("chromium-headless-shell", "caddy");

        Ended ended = test();

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.lines()).containsExactly(ONE_LINE.formatted("Chromium, Caddy"));
        assertThat(installed()).isEmpty();
    }

    @Test
    void nothingIsInstalledUnaskedWhereNobodyCanAnswer() throws Exception {
        program("bin/id", "echo 0");
        program("bin/chromium", "");
        aptKnows("caddy");

        Ended ended = test();

        assertThat(ended.lines()).containsExactly(ONE_LINE.formatted("Caddy"));
        assertThat(installed()).isEmpty();
    }

    @Test
    void aBrowserThatIsMissingAloneIsDownloaded() throws Exception {
        program("bin/caddy", "");
        program("jdk/bin/java", """
                shell=$PLAYWRIGHT_BROWSERS_PATH/chromium_headless_shell-1200/chrome-linux
                mkdir -p "$shell"
                echo >"$shell/headless_shell"
                chmod +x "$shell/headless_shell"
                """);

        Ended ended = test();

        assertThat(ended.exit()).as("%s", ended.lines()).isZero();
        assertThat(ended.lines()).startsWith("Downloading a browser with Playwright");
        assertThat(ended.hasBuilt()).isTrue();
        assertThat(test().lines().getFirst()).as("the second time").startsWith("Building and checking");
    }

    @Test
    void aDownloadThatFailsEndsWithTheSameLine() throws Exception {
        program("bin/caddy", "");

        Ended ended = test();

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.lines()).endsWith(ONE_LINE.formatted("Chromium"));
        assertThat(ended.hasBuilt()).isFalse();
    }

    @Test
    void optionsLeaveEverythingToMaven() throws Exception {
        assertThat(test("-Dtest=PagesTest").lines()).contains("mvnw -B -ntp verify -Dtest=PagesTest");
    }

    @Test
    @EnabledOnOs(OS.LINUX) // elsewhere, `script` has other options
    void onATerminalAPersonIsAsked() throws Exception {
        program("bin/id", "echo 0");
        program("bin/chromium", "");
        aptKnows("caddy");
        List<String> terminal =
                List.of(ofTheSystem("script").toString(), "-qec", machine.resolve("banyan") + " test", "/dev/null");
        environment.put("SHELL", "/bin/sh");

        assertThat(ended(terminal, "n\n").hasBuilt()).isFalse();
        assertThat(installed()).isEmpty();

        Ended agreed = ended(terminal, "\n");
        assertThat(agreed.lines().toString()).contains("The tests need Caddy. Install with apt-get? [Y/n]");
        assertThat(agreed.hasBuilt()).as("%s", agreed.lines()).isTrue();
        assertThat(installed()).containsExactly("apt-get install caddy");
    }
}
