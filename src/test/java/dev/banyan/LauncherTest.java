package dev.banyan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What `./banyan` says before it needs Java.
class LauncherTest {

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

    /// The first words of the launcher's `case`, such as `backup|doctor)`.
    private static List<String> commands() throws IOException {
        return Files.readString(Path.of("banyan"))
                .lines()
                .map(String::strip)
                .dropWhile(line -> !line.startsWith("case $command in"))
                .takeWhile(line -> !line.startsWith("help|"))
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
