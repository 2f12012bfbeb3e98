import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A long run as tables, as a comparison of its begin with its end, and as a picture.
final class LongReport {

    private static final int SHORT = 30;
    private static final int BLOCK = 10;
    private static final int WIDTH = 12;
    private static final double GREW = 0.1;
    private static final double SLOWER = 0.25;

    private final List<Flow> flows;
    private final List<Minute> minutes;

    LongReport(List<Flow> flows, List<Minute> minutes) {
        this.flows = flows;
        this.minutes = List.copyOf(minutes);
    }

    /// In a few words, while it goes on.
    String last() {
        Minute last = minutes.getLast();
        return String.format(
                Locale.ROOT,
                "Minute %d: %.0f/s, %d wrong, heap %.0f MiB, resident %.0f MiB, %.0f files, %.0f threads, %.2f processors",
                last.number(), last.answersPerSecond(), last.wrong(), last.after().heap(), last.after().resident(),
                last.after().files(), last.after().threads(), last.processors());
    }

    String text() {
        return minutes.isEmpty()
                ? "No minute has passed.\n"
                : server()
                        + kinds()
                        + waits("p50, ms", Waits.Seen::p50)
                        + waits("p99, ms", Waits.Seen::p99)
                        + verdicts();
    }

    private String server() {
        var text = new StringBuilder(line("minutes", "answers/s", "wrong", "heap MiB", "live MiB", "resident", "files",
                "threads", "disk MiB", "processors", "of all", "full coll.", "collecting"));
        for (List<Minute> block : blocks()) {
            text.append(line(
                    name(block),
                    number(median(block, Minute::answersPerSecond), 0),
                    Long.toString(block.stream().mapToLong(Minute::wrong).sum()),
                    number(median(block, it -> it.after().heap()), 1),
                    number(median(block, Minute::live), 1),
                    number(median(block, it -> it.after().resident()), 0),
                    number(median(block, it -> it.after().files()), 0),
                    number(median(block, it -> it.after().threads()), 0),
                    number(block.getLast().after().disk(), 1),
                    number(median(block, Minute::processors), 2),
                    number(median(block, Minute::busy), 2),
                    number(block.stream().mapToDouble(Minute::full).sum(), 0),
                    number(block.stream().mapToDouble(Minute::collecting).sum(), 0) + " ms"));
        }
        return "\n" + text;
    }

    private String kinds() {
        var text = new StringBuilder("\n" + line("kind", "wanted/s", "answers", "wrong", "p50 ms", "p99 ms", "p99.9 ms", "worst ms"));
        for (int i = 0; i < flows.size(); i++) {
            int place = i;
            text.append(line(
                    flows.get(i).name(),
                    Integer.toString(flows.get(i).perSecond()),
                    Long.toString(minutes.stream().mapToLong(it -> it.seen().get(place).answers()).sum()),
                    Long.toString(minutes.stream().mapToLong(it -> it.seen().get(place).wrong()).sum()),
                    number(median(minutes, it -> it.seen().get(place).p50()), 1),
                    number(median(minutes, it -> it.seen().get(place).p99()), 1),
                    number(median(minutes, it -> it.seen().get(place).p999()), 1),
                    number(minutes.stream().mapToDouble(it -> it.seen().get(place).worst()).max().orElse(0), 1)));
        }
        return text.toString();
    }

    private String waits(String name, ToDoubleFunction<Waits.Seen> what) {
        var text = new StringBuilder("\n" + line(Stream.concat(Stream.of(name), flows.stream().map(Flow::name))
                .toArray(String[]::new)));
        for (List<Minute> block : blocks()) {
            text.append(line(Stream.concat(
                            Stream.of(name(block)),
                            IntStream.range(0, flows.size())
                                    .mapToObj(i -> number(
                                            median(block, it -> what.applyAsDouble(it.seen().get(i))), 1)))
                    .toArray(String[]::new)));
        }
        return text.toString();
    }

    private String verdicts() {
        int third = minutes.size() / 3;
        if (third == 0) {
            return "\nToo short to compare its begin with its end.\n";
        }
        var text = new StringBuilder("\n" + line("the median of", "first third", "last third", "change", ""));
        text.append(verdict("live heap, MiB", Minute::live, GREW, 5, "GREW"))
                .append(verdict("heap, MiB (*)", it -> it.after().heap(), GREW, 20, "GREW"))
                .append(verdict("resident, MiB", it -> it.after().resident(), GREW, 20, "GREW"))
                .append(verdict("files", it -> it.after().files(), GREW, 8, "GREW"))
                .append(verdict("threads", it -> it.after().threads(), GREW, 4, "GREW"))
                .append(verdict("processors", Minute::processors, GREW, 0.05, "GREW"));
        for (int i = 0; i < flows.size(); i++) {
            int place = i;
            String name = flows.get(i).name();
            text.append(verdict(name + " p50", it -> it.seen().get(place).p50(), SLOWER, 0.5, "SLOWER"))
                    .append(verdict(name + " p99", it -> it.seen().get(place).p99(), SLOWER, 2, "SLOWER"));
        }
        return text + disk();
    }

    /// @param share of what it was, and
    /// @param least how much it must be more, to be worth a word
    private String verdict(String name, ToDoubleFunction<Minute> of, double share, double least, String word) {
        int third = minutes.size() / 3;
        double first = median(minutes.subList(0, third), of);
        double last = median(minutes.subList(minutes.size() - third, minutes.size()), of);
        boolean isWorse = last > first * (1 + share) && last - first > least;
        boolean isKnown = !Double.isNaN(first) && !Double.isNaN(last);
        return line(
                name,
                number(first, 2),
                number(last, 2),
                isKnown ? String.format(Locale.ROOT, "%+.0f %%", (last / first - 1) * 100) : "",
                !isKnown ? "not measured" : isWorse ? word : "steady");
    }

    /// What was stored has to grow.
    private String disk() {
        double grown = minutes.getLast().after().disk() - minutes.getFirst().before().disk();
        double hours = minutes.stream().mapToDouble(Minute::seconds).sum() / 3_600;
        long stored = Stream.of("redirect", "short link", "message", "chat").mapToLong(this::answers).sum();
        return String.format(
                Locale.ROOT,
                "(*) after young collections: it climbs until the next full one, so look at the live heap.%nThe data folder grew by %.1f MiB, %.1f an hour, %.0f bytes for each click, message and line of the chat.%n",
                grown, grown / hours, grown * (1 << 20) / Math.max(1, stored));
    }

    private long answers(String kind) {
        return IntStream.range(0, flows.size())
                .filter(i -> flows.get(i).name().equals(kind))
                .mapToLong(i -> minutes.stream().mapToLong(it -> it.seen().get(i).answers()).sum())
                .sum();
    }

    String picture() {
        var chart = new Chart(minutes.stream().map(it -> (double) it.number()).toList());
        chart.panel("memory, MiB", false, List.of(
                line("heap after collection", it -> it.after().heap()),
                line("live objects", Minute::live),
                line("resident", it -> it.after().resident())));
        chart.panel("open files, threads", false, List.of(
                line("files", it -> it.after().files()), line("threads", it -> it.after().threads())));
        chart.panel("p50, ms", true, ofFlows(Waits.Seen::p50));
        chart.panel("p99, ms", true, ofFlows(Waits.Seen::p99));
        chart.panel("worst, ms", true, ofFlows(Waits.Seen::worst));
        chart.panel("answers a second", false, List.of(
                line("all", Minute::answersPerSecond), line("wrong", it -> it.wrong() / it.seconds())));
        chart.panel("processors in use", false, List.of(
                line("server", Minute::processors), line("machine", Minute::busy)));
        chart.panel("data folder, MiB", false, List.of(line("disk", it -> it.after().disk())));
        return chart.svg("Banyan under the same load, by minute");
    }

    private List<Chart.Line> ofFlows(ToDoubleFunction<Waits.Seen> what) {
        return IntStream.range(0, flows.size())
                .mapToObj(i -> line(flows.get(i).name(), it -> what.applyAsDouble(it.seen().get(i))))
                .toList();
    }

    private Chart.Line line(String name, ToDoubleFunction<Minute> of) {
        return new Chart.Line(name, minutes.stream().map(of::applyAsDouble).toList());
    }

    private List<List<Minute>> blocks() {
        int size = minutes.size() < SHORT ? 1 : BLOCK;
        var blocks = new ArrayList<List<Minute>>();
        for (int from = 0; from < minutes.size(); from += size) {
            blocks.add(minutes.subList(from, Math.min(minutes.size(), from + size)));
        }
        return blocks;
    }

    private static String name(List<Minute> block) {
        int first = block.getFirst().number();
        int last = block.getLast().number();
        return first == last ? Integer.toString(first) : first + "-" + last;
    }

    /// Of those minutes that have one.
    private static double median(List<Minute> minutes, ToDoubleFunction<Minute> of) {
        double[] sorted = minutes.stream().mapToDouble(of).filter(it -> !Double.isNaN(it)).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    private static String number(double value, int digits) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static String line(String... cells) {
        return (String.format("%-16s", cells[0])
                                + Stream.of(cells).skip(1).map(cell -> String.format(" %" + (WIDTH - 1) + "s", cell)).collect(Collectors.joining()))
                        .stripTrailing()
                + "\n";
    }
}
