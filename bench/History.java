import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `bench/history.csv`: what each run measured per row, so that a commit which made something slower is seen. Runs on
/// different machines are never compared, and a rate only as its ratio to what was measured beside it, where there is one.
final class History {

    private static final Path FILE = Bench.ROOT.resolve("bench/history.csv");
    private static final String HEAD = "at,commit,machine,row,unit,banyan,beside";
    /// What two runs of the same commit differ by on a machine that others use too.
    private static final double NOISE = 0.1;

    private record Line(String at, String commit, String machine, String row, String unit, double ours, double beside) {

        static Line of(String text) {
            String[] part = text.split(",", -1);
            return new Line(
                    part[0], part[1], part[2], part[3], part[4], Double.parseDouble(part[5]),
                    part[6].isEmpty() ? Double.NaN : Double.parseDouble(part[6]));
        }

        String run() {
            return at + " " + commit + " " + machine;
        }

        double value() {
            return Double.isNaN(beside) ? ours : ours / beside;
        }

        /// A rate is better if it is higher, times and sizes if they are lower.
        boolean isRate() {
            return unit.equals("/s");
        }
    }

    private History() {}

    static void add(List<Row> rows) throws IOException, InterruptedException {
        String run = Instant.now().truncatedTo(ChronoUnit.SECONDS) + ","
                + Children.firstLine(List.of("git", "describe", "--always", "--dirty")) + "," + Machine.name();
        var lines = new ArrayList<String>();
        if (!Files.exists(FILE)) {
            lines.add(HEAD);
        }
        for (Row row : rows) {
            lines.add(run + "," + row.name().replace(",", "") + "," + row.unit() + ","
                    + String.format(Locale.ROOT, "%.3f", row.median())
                    + "," + row.medianBeside().stream().mapToObj(it -> String.format(Locale.ROOT, "%.3f", it)).findFirst().orElse(""));
        }
        Files.write(FILE, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /// Prints, for each row of this machine, its last value, the one before, and by how much it changed.
    static void compare() throws IOException {
        Map<String, List<Line>> byRow = new LinkedHashMap<>();
        String here = Machine.name();
        try (var lines = Files.lines(FILE)) {
            lines.skip(1)
                    .map(Line::of)
                    .filter(line -> line.machine().equals(here))
                    .forEach(line -> byRow.computeIfAbsent(line.row(), _ -> new ArrayList<>()).add(line));
        }
        byRow.forEach((row, lines) -> {
            Line last = lines.getLast();
            if (lines.size() < 2) {
                System.out.printf(Locale.ROOT, "%-45s %10s %10.3f          %s%n", row, "", last.value(), last.commit());
                return;
            }
            Line before = lines.get(lines.size() - 2);
            double change = last.value() / before.value() - 1;
            boolean isWorse = last.isRate() ? change < -NOISE : change > NOISE;
            System.out.printf(
                    Locale.ROOT,
                    "%-45s %10.3f %10.3f %+6.0f %%  %s..%s%s%n",
                    row,
                    before.value(),
                    last.value(),
                    change * 100,
                    before.commit(),
                    last.commit(),
                    isWorse ? "  WORSE" : "");
        });
    }
}
