import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// What servers have used of the processors. Compiling is counted apart: each server does it once for its life, so two
/// young ones do twice as much of it, and old ones none.
record ProcessorTime(Duration serving, Duration compiling) {

    private static final int TICKS_PER_SECOND = 100; // what Linux shows, whatever it counts in
    private static final int USER_TICKS = 11;

    static ProcessorTime of(Collection<Process> servers) {
        Duration all = Duration.ZERO;
        Duration compiling = Duration.ZERO;
        for (Process server : servers) {
            all = all.plus(server.info().totalCpuDuration().orElseThrow());
            compiling = compiling.plus(compiling(server.pid()));
        }
        return new ProcessorTime(all.minus(compiling), compiling);
    }

    ProcessorTime since(ProcessorTime before) {
        return new ProcessorTime(serving.minus(before.serving), compiling.minus(before.compiling));
    }

    private static Duration compiling(long server) {
        try (var threads = Files.list(Path.of("/proc", Long.toString(server), "task"))) {
            long ticks = threads.mapToLong(ProcessorTime::ticksIfCompiler).sum();
            return Duration.ofMillis(ticks * 1_000 / TICKS_PER_SECOND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long ticksIfCompiler(Path thread) {
        try {
            String name = Files.readString(thread.resolve("comm"));
            if (!name.startsWith("C1 ") && !name.startsWith("C2 ")) {
                return 0;
            }
            String stat = Files.readString(thread.resolve("stat"));
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
            return Long.parseLong(fields.get(USER_TICKS)) + Long.parseLong(fields.get(USER_TICKS + 1));
        } catch (NoSuchFileException _) {
            return 0; // it has ended
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
