package dev.banyan.pages.looks;

import module java.base;
import dev.banyan.accounts.brands.BulkReport;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.RunProgress;
import dev.banyan.platform.web.page.Words;
import dev.banyan.themes.AppearanceStore;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Says which brands got a look, or how far that is.
///
/// @param running empty once it is over
@CheckedTemplate(basePath = "pages")
record LookPushReportPage(PageFrame shell, BulkReport report, Optional<RunProgress> running, Optional<Undo> undo)
        implements TemplateInstance {

    /// The last push that can be taken back.
    ///
    /// @param text what it was
    record Undo(String id, String text) {

        static Undo of(AppearanceStore.Push push) {
            return new Undo(
                    push.id().toString(),
                    "On " + Words.moment(push.at()) + ", " + Words.count(push.brands(), "brand", "brands")
                            + " got a look.");
        }
    }
}
