import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One minute of a long run.
///
/// @param number from 1
/// @param seconds how long it was
/// @param live MiB of live objects, where they were counted
/// @param busy how many processors of the machine were, with the server, the load and everybody else
/// @param before the server at its begin
/// @param after the server at its end
/// @param seen by each flow
record Minute(
        int number, Instant at, double seconds, double live, double busy, Vitals before, Vitals after, List<Waits.Seen> seen) {

    static String head(List<Flow> flows) {
        return Stream.concat(
                        Stream.of("minute,at,seconds,heap_mib,live_mib,resident_mib,files,threads,disk_mib,processors,"
                                + "all_processors,young_collections,full_collections,collecting_ms"),
                        flows.stream()
                                .map(flow -> flow.name().replace(' ', '_'))
                                .flatMap(name -> Stream.of("answers", "wrong", "p50_ms", "p99_ms", "p999_ms", "worst_ms")
                                        .map(what -> name + "_" + what)))
                .collect(Collectors.joining(","));
    }

    String line() {
        Stream<Double> server = Stream.of(
                seconds, after.heap(), live, after.resident(), after.files(), after.threads(), after.disk(),
                processors(), busy, young(), full(), collecting());
        Stream<Double> waits = seen.stream()
                .flatMap(it -> Stream.of(
                        (double) it.answers(), (double) it.wrong(), it.p50(), it.p99(), it.p999(), it.worst()));
        return number + "," + at.truncatedTo(ChronoUnit.SECONDS) + ","
                + Stream.concat(server, waits).map(Minute::cell).collect(Collectors.joining(","));
    }

    /// How many of them the server kept busy.
    double processors() {
        return after.used().minus(before.used()).toNanos() / 1e9 / seconds;
    }

    double young() {
        return after.collections() - before.collections();
    }

    double full() {
        return after.fullCollections() - before.fullCollections();
    }

    double collecting() {
        return after.collecting() - before.collecting();
    }

    double answersPerSecond() {
        return seen.stream().mapToLong(Waits.Seen::answers).sum() / seconds;
    }

    long wrong() {
        return seen.stream().mapToLong(Waits.Seen::wrong).sum();
    }

    private static String cell(double value) {
        return Double.isNaN(value)
                ? ""
                : value == Math.rint(value)
                        ? Long.toString((long) value)
                        : String.format(Locale.ROOT, "%.3f", value);
    }
}
