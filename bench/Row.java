import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// One line of the result: what Banyan reached, what something beside it reached, and the ratio of their medians.
final class Row {

    interface Measurement {
        double take() throws Exception;
    }

    private static int measurements;
    private static int quiet;

    private final String name;
    private final String unit;
    private final Optional<String> goal;
    private final List<Double> ours = new ArrayList<>();
    private final List<Double> theirs = new ArrayList<>();
    private Measurement ourMeasurement = () -> Double.NaN;
    private Optional<Measurement> theirMeasurement = Optional.empty();
    private boolean warmTheirs;
    private String beside = "";

    Row(String name, String unit, Optional<String> goal) {
        this.name = name;
        this.unit = unit;
        this.goal = goal;
    }

    void measuringOurs(Measurement measurement) {
        ourMeasurement = measurement;
    }

    void measuringTheirs(String who, Measurement measurement) {
        beside = who;
        theirMeasurement = Optional.of(measurement);
    }

    String name() {
        return name;
    }

    String unit() {
        return unit;
    }

    List<Double> ours() {
        return ours;
    }

    /// For what was measured beside it elsewhere.
    List<Double> theirs(String who) {
        beside = who;
        return theirs;
    }

    /// The same, beside another Banyan, which warms up as ours does.
    void measuringAnother(String who, Measurement measurement) {
        measuringTheirs(who, measurement);
        warmTheirs = true;
    }

    void warmUp() throws Exception {
        ourMeasurement.take();
        if (warmTheirs && theirMeasurement.isPresent()) {
            theirMeasurement.get().take();
        }
    }

    void measure() throws Exception {
        ours.add(inQuiet(ourMeasurement));
        if (theirMeasurement.isPresent()) {
            theirs.add(inQuiet(theirMeasurement.get()));
        }
    }

    private static double inQuiet(Measurement measurement) throws Exception {
        measurements++;
        quiet += Machine.awaitQuiet() ? 1 : 0;
        return measurement.take();
    }

    static String quiet() {
        return quiet + " of " + measurements + " measurements began in a quiet moment (others used less than a tenth of"
                + " the processors)";
    }

    static String table(String title, List<Row> rows) {
        return "\n" + line(title, "ratio", "goal", "Banyan", "(least..most)", "beside it", "(least..most)")
                + rows.stream().map(Row::line).collect(Collectors.joining());
    }

    private String line() {
        boolean alone = theirs.isEmpty();
        return line(
                name,
                alone ? "" : String.format(Locale.ROOT, "%.2f", median(ours) / median(theirs)),
                goal.orElse(""),
                Bench.number(median(ours)) + " " + unit,
                range(ours),
                alone ? "" : Bench.number(median(theirs)) + " " + unit,
                alone ? "" : range(theirs) + " " + beside);
    }

    private static String line(
            String name, String ratio, String goal, String ours, String ourRange, String theirs, String theirRange) {
        return String.format(
                        Locale.ROOT,
                        "%-39s %6s  %-12s  %13s  %-18s  %13s  %s",
                        name,
                        ratio,
                        goal,
                        ours,
                        ourRange,
                        theirs,
                        theirRange)
                .stripTrailing()
                + "\n";
    }

    private static String range(List<Double> values) {
        if (values.size() < 2) {
            return "";
        }
        List<Double> sorted = values.stream().sorted().toList();
        return "(" + Bench.number(sorted.getFirst()) + ".." + Bench.number(sorted.getLast()) + ")";
    }

    double median() {
        return median(ours);
    }

    OptionalDouble medianBeside() {
        return theirs.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(median(theirs));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
