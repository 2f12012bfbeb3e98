import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What the numbers were measured on.
final class Machine {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Machine() {}

    static String describe() throws IOException, InterruptedException {
        return """
                Banyan, measured %s, commit %s
                %d processors (%s), %.1f GiB memory, %s on disk
                %s %s %s, Java %s (%s)

                """.formatted(
                        ZonedDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z")),
                        Children.firstLine(List.of("git", "describe", "--always", "--dirty")),
                        SYSTEM.getAvailableProcessors(),
                        processor(),
                        SYSTEM.getTotalMemorySize() / (double) (1L << 30),
                        Files.getFileStore(Bench.WORK).type(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"),
                        System.getProperty("java.runtime.version"),
                        System.getProperty("java.vendor"));
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }

    static String load() {
        return String.format(Locale.ROOT, "%.2f", SYSTEM.getSystemLoadAverage());
    }

    /// How much of all processors was in use while nothing of ours ran.
    record Busy(double share) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f %% of the processors", share * 100);
        }
    }

    static Busy busyWithOthers() throws InterruptedException {
        SYSTEM.getCpuLoad(); // the value is the mean since the last call
        Thread.sleep(2_000);
        return new Busy(SYSTEM.getCpuLoad());
    }
}
