import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// What a server has in use, read from outside: neither an agent nor a pause changes what is measured. Not a number where
/// the machine does not tell.
///
/// @param heap MiB after the last collection, young ones too: live objects, and what has grown old in vain
/// @param resident MiB
/// @param files open ones, sockets too
/// @param threads of the operating system
/// @param disk MiB of the data folder
/// @param used of the processors, since the start
/// @param collections of the heap since the start, and full ones
/// @param collecting what they took
record Vitals(
        double heap,
        double resident,
        double files,
        double threads,
        double disk,
        Duration used,
        double collections,
        double fullCollections,
        double collecting) {

    static Vitals of(BanyanServer server, Path folder) throws IOException, InterruptedException {
        Path process = Path.of("/proc", Long.toString(server.pid()));
        List<String> table = Children.output(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jstat").toString(),
                        "-gc",
                        Long.toString(server.pid())))
                .lines()
                .toList();
        return new Vitals(
                (column(table, "S0U") + column(table, "S1U") + column(table, "OU")) / 1_024,
                server.memory(),
                entries(process.resolve("fd")),
                threads(process.resolve("status")),
                size(folder) / (double) (1 << 20),
                server.processorTime(),
                column(table, "YGC"),
                column(table, "FGC"),
                column(table, "GCT") * 1_000);
    }

    /// Of the table of `jstat`, whose columns differ by version and collector.
    private static double column(List<String> table, String name) {
        int place = List.of(table.getFirst().strip().split("\\s+")).indexOf(name);
        return place < 0 ? Double.NaN : Double.parseDouble(table.getLast().strip().split("\\s+")[place].replace(',', '.'));
    }

    private static double entries(Path folder) throws IOException {
        if (!Files.isReadable(folder)) {
            return Double.NaN;
        }
        try (var entries = Files.list(folder)) {
            return entries.count();
        }
    }

    private static double threads(Path status) throws IOException {
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("Threads:"))
                .mapToDouble(line -> Double.parseDouble(line.substring(8).strip()))
                .sum();
    }

    private static long size(Path folder) throws IOException {
        var bytes = new AtomicLong();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes.addAndGet(attributes.size());
                return FileVisitResult.CONTINUE;
            }

            /// Files come and go.
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes.get();
    }
}
