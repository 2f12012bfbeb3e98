package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.platform.BackgroundRuns.ListRun;
import dev.banyan.platform.web.page.Words;

/// What an act on many brands did, brand by brand.
///
/// @param tone of the banner: `good` or `warn`
/// @param lines those that are shown: all of a few, or those that weren't changed first
/// @param more how many others there are
public record BulkReport(String tone, String title, List<Line> lines, int more) {

    private static final int SHOWN = 300;

    /// A report of nothing.
    public BulkReport(String tone, String title) {
        this(tone, title, List.of(), 0);
    }

    /// What became of one brand.
    public enum Result {
        CHANGED("Changed", "good"),
        UNCHANGED("Unchanged", "idle"),
        REFUSED("Not changed", "warn"),
        CREATED("Created", "good"),
        NOT_CREATED("Not created", "warn");

        public final String word;
        public final String tone;

        Result(String word, String tone) {
            this.word = word;
            this.tone = tone;
        }
    }

    /// @param why a sentence; empty if there is nothing to say
    public record Line(String username, String displayName, Result result, String why) {}

    /// Says what a run did, or has done so far.
    public static BulkReport of(ListRun<Line> run) {
        BulkReport report = of(run.lines());
        return run.isBroken()
                ? new BulkReport(
                        "warn",
                        "Something went wrong after " + run.done() + " of " + run.total() + " brands. " + report.title,
                        report.lines,
                        report.more)
                : report;
    }

    static BulkReport of(List<Line> lines) {
        boolean areNew =
                lines.stream().anyMatch(line -> line.result() == Result.CREATED || line.result() == Result.NOT_CREATED);
        String done = areNew ? " created." : " changed.";
        long changed = count(lines, areNew ? Result.CREATED : Result.CHANGED);
        long refused = count(lines, areNew ? Result.NOT_CREATED : Result.REFUSED);
        String title = (changed == 0 ? "No brands" : Words.count(changed, "brand", "brands"))
                + done
                + (refused == 0 ? "" : " " + Words.count(refused, "brand wasn’t", "brands weren’t") + done);
        List<Line> shown = lines.size() <= SHOWN
                ? lines
                : lines.stream()
                        .sorted(Comparator.comparing(Line::result).reversed())
                        .limit(SHOWN)
                        .toList();
        return new BulkReport(changed == 0 || refused > 0 ? "warn" : "good", title, shown, lines.size() - shown.size());
    }

    private static long count(List<Line> lines, Result result) {
        return lines.stream().filter(line -> line.result() == result).count();
    }
}
