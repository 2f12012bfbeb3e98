import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Prints as it goes, and keeps the whole at the end.
final class Report {

    private final StringBuilder text = new StringBuilder();

    void print(String part) {
        System.out.print(part);
        text.append(part);
    }

    void keep(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Progress.say("Kept in " + Bench.ROOT.relativize(file));
    }
}
