import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A control group whose processes get so much memory together, as on a small machine: the kernel kills what needs more.
final class MemoryLimit implements AutoCloseable {

    private static final Path VERSION_1 = Path.of("/sys/fs/cgroup/memory");
    private static final Path VERSION_2 = Path.of("/sys/fs/cgroup");

    private final Path group;
    private final boolean first;

    private MemoryLimit(Path group, boolean first) {
        this.group = group;
        this.first = first;
    }

    /// @throws IOException if this user can't make one
    static MemoryLimit of(long bytes) throws IOException {
        boolean first = Files.exists(VERSION_1.resolve("memory.limit_in_bytes"));
        Path group = (first ? VERSION_1 : VERSION_2).resolve("banyan-bench-" + ProcessHandle.current().pid());
        Files.createDirectory(group);
        Files.writeString(group.resolve(first ? "memory.limit_in_bytes" : "memory.max"), Long.toString(bytes));
        return new MemoryLimit(group, first);
    }

    /// Returns a command that does the same in the group.
    List<String> around(List<String> command) {
        return Stream.concat(
                        Stream.of("sh", "-c", "echo $$ >" + group.resolve("cgroup.procs") + " && exec \"$@\"", "sh"),
                        command.stream())
                .toList();
    }

    /// How many processes the kernel has killed in it, and what they need now without what it keeps of files.
    String told() throws IOException {
        String killed = value(first ? "memory.oom_control" : "memory.events", "oom_kill");
        String now = value("memory.stat", first ? "rss" : "anon");
        return killed + " processes killed for want of memory; " + Long.parseLong(now) / (1 << 20) + " MiB in use, apart from files";
    }

    private String value(String file, String name) throws IOException {
        return Files.readAllLines(group.resolve(file)).stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .collect(Collectors.joining());
    }

    /// Its processes have ended.
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(group);
    }
}
