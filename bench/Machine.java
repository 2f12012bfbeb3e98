import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/// What the numbers were measured on.
final class Machine {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static final double QUIET_SHARE = 0.1;
    private static final Duration QUIET = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

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

    /// Short and without commas, for [History].
    static String name() throws IOException {
        return SYSTEM.getAvailableProcessors() + " x " + processor().replace(",", "");
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

    /// How many of its processors were busy since this was last asked, whoever used them.
    static double busy() {
        return SYSTEM.getCpuLoad() * SYSTEM.getAvailableProcessors();
    }

    /// Waits until hardly anybody else uses the processors, called while our own servers have nothing to do.
    ///
    /// @return false when it did not become quiet in time
    static boolean awaitQuiet() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            SYSTEM.getCpuLoad(); // the next value is the mean since this call
            Thread.sleep(QUIET);
            if (SYSTEM.getCpuLoad() < QUIET_SHARE) {
                return true;
            }
        } while (System.nanoTime() < deadline);
        return false;
    }
}
