package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;

/// "Before anything changes": what the chosen plan costs, line by line, and what choosing it means. `announce` says the
/// same in one sentence for screen readers. `way` is what the viewer may do. Unless `priced`, no prices are shown.
public record PlanChangeSummary(
        List<Line> lines,
        boolean priced,
        String period,
        String total,
        List<Note> notes,
        String now,
        Direction way,
        String button,
        String ask,
        List<String> problems,
        String seen,
        String announce) {

    /// `mark` is "new", "gone" or empty.
    record Line(String label, String price, String mark) {}

    /// `kind` is "good", "info" or "warn"; `names` holds as many brand names as fit.
    record Note(String kind, String icon, String text, List<String> names, int more) {
        static Note good(String text) {
            return new Note("good", "check", text, List.of(), 0);
        }

        static Note info(String text) {
            return new Note("info", "info", text, List.of(), 0);
        }

        static Note warn(String text) {
            return new Note("warn", "warn", text, List.of(), 0);
        }

        Note naming(List<String> all) {
            int shown = Math.min(all.size(), NAMED);
            return new Note(kind, icon, text, all.subList(0, shown), all.size() - shown);
        }
    }

    private static final int NAMED = 5;

    /// The next step.
    enum Direction {
        /// Nothing was changed yet.
        SAME,
        /// The person may do it.
        CHANGE,
        /// The person may do it after confirming, because something is lost.
        CHANGE_WITH_LOSS,
        /// Another person has to do it.
        ASK
    }

    public static PlanChangeSummary broken(FieldErrors errors, String now) {
        List<String> problems = errors.messages().values().stream().distinct().toList();
        return new PlanChangeSummary(
                List.of(),
                false,
                "",
                "",
                List.of(),
                now,
                Direction.SAME,
                "",
                "",
                problems,
                "",
                "Check your choice: " + String.join(" ", problems));
    }

    public boolean same() {
        return way == Direction.SAME;
    }

    public boolean changing() {
        return way == Direction.CHANGE || way == Direction.CHANGE_WITH_LOSS;
    }

    public boolean losing() {
        return way == Direction.CHANGE_WITH_LOSS;
    }

    public boolean asking() {
        return way == Direction.ASK;
    }
}
