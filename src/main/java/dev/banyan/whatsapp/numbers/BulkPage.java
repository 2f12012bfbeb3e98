package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page of a bulk action: its options, preview, progress and result.
///
/// @param act add, move, connect, tag, pause, resume or remove
/// @param asked empty once there is a preview
/// @param tried empty before
@CheckedTemplate(basePath = "whatsapp")
record BulkPage(
        PageFrame shell, String act, String title, Optional<Asked> asked, Optional<TrialResult> tried, boolean fragment)
        implements TemplateInstance {

    /// The form with the options.
    ///
    /// @param picked ids of senders
    /// @param names of the first ones
    record Asked(
            List<String> picked,
            List<String> names,
            List<Choice> masters,
            List<Choice> connections,
            String tags,
            String untag,
            String newMasterId,
            String csv,
            String mode,
            String connection,
            FieldErrors errors) {

        public String pickedText() {
            return Words.count(picked.size(), "number", "numbers");
        }

        public String namesText() {
            int rest = picked.size() - names.size();
            return String.join(", ", names) + (rest > 0 ? " and " + Words.grouped(rest) + " more" : "");
        }
    }

    /// The preview or the result.
    ///
    /// @param stage planned, running, done or broken
    /// @param verb label of the button that starts it
    /// @param shown the lines to show: all failures, and the first of the others
    record TrialResult(
            String id, String stage, String verb, int good, int bad, int done, int total, List<Line> shown, int more) {

        public boolean planned() {
            return stage.equals("planned");
        }

        public boolean running() {
            return stage.equals("running");
        }

        public boolean broken() {
            return stage.equals("broken");
        }

        public String goodText() {
            return Words.count(good, "row", "rows");
        }

        public String badText() {
            return Words.count(bad, "row", "rows");
        }

        public String moreText() {
            return Words.count(more, "more row", "more rows");
        }
    }

    record Line(int row, String subject, String text, boolean ok) {}
}
