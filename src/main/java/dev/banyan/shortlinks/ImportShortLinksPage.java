package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The import of many short links: the list, and a preview of the result line by line; of long lists how far they are;
/// and earlier imports, which can be undone.
@CheckedTemplate(basePath = "shortlinks")
record ImportShortLinksPage(
        PageFrame shell,
        Form form,
        Optional<Report> report,
        String problem,
        Optional<RunView> run,
        List<Earlier> earlier)
        implements TemplateInstance {

    /// @param zone of times without an offset; empty: the reader's
    record Form(String idempotencyKey, String csv, String error, String zone, List<String> zones) {}

    record Line(long row, String subject, String text, boolean ok) {}

    /// @param leftOut columns that mean nothing here
    record Report(List<Line> lines, long good, long already, long bad, List<String> leftOut) {

        static Report of(ShortLinkImports.Progress run) {
            return new Report(lines(run), run.good(), run.already(), run.bad(), run.leftOut());
        }

        static List<Line> lines(ShortLinkImports.Progress run) {
            return run.shown().stream()
                    .map(fate -> new Line(
                            fate.line().row(),
                            fate.line()
                                    .slug()
                                    .map(slug -> "/l/" + slug)
                                    .orElse(fate.line()
                                            .patch()
                                            .get(ShortLinkChange.TARGET)
                                            .orElse("")),
                            fate.text(),
                            fate.good() || fate.already()))
                    .toList();
        }

        public String goodText() {
            return Words.count(good, "short link", "short links");
        }

        public String alreadyText() {
            return Words.count(already, "short link is", "short links are") + " here already.";
        }

        public String leftOutText() {
            return "Columns that are left out: " + String.join(", ", leftOut) + ".";
        }
    }

    /// A run that goes on while the page is closed.
    ///
    /// @param list to be confirmed
    record RunView(String title, String text, boolean running, String list, boolean canCreate, Report report) {

        static RunView of(ShortLinkImports.Progress run) {
            String lines = Words.count(run.lines(), "line", "lines");
            Report report = Report.of(run);
            String rest = (run.already() > 0 ? " " + report.alreadyText() : "")
                    + (run.bad() > 0
                            ? " " + Words.count(run.bad(), "line has an error", "lines have errors") + "."
                            : "");
            boolean checked = run.kind() == ShortLinkImports.Kind.CHECK
                    && !run.running()
                    && run.end().isEmpty();
            return new RunView(
                    title(run),
                    run.end().map(why -> why + " ").orElse("")
                            + switch (run.kind()) {
                                case CHECK -> lines + " checked. " + report.goodText() + " can be created." + rest;
                                case CREATE -> lines + " done. " + report.goodText() + " created." + rest;
                                case UNDO -> report.goodText() + " deleted.";
                            },
                    run.running(),
                    run.list().toString(),
                    checked && run.good() > 0,
                    report);
        }

        private static String title(ShortLinkImports.Progress run) {
            return switch (run.kind()) {
                case CHECK -> run.running() ? "Checking the list…" : "Nothing has been imported yet";
                case CREATE -> run.running() ? "Creating short links…" : "Last import";
                case UNDO -> run.running() ? "Undoing the import…" : "Import undone";
            };
        }
    }

    record Earlier(String id, String text, Optional<Instant> at) {

        static Earlier of(ShortLinkStore.Imported imported) {
            return new Earlier(
                    imported.id().toString(),
                    Words.count(imported.links(), "short link", "short links"),
                    Uuids.createdAt(imported.id()));
        }

        public String moment() {
            return at.map(Words::moment).orElse("");
        }
    }
}
