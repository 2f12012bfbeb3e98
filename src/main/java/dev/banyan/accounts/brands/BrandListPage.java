package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.brands.CreateSubAccountPage.Starts;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form for a list of new brands, and what would become of its lines.
///
/// @param usage a sentence about the plan
/// @param start what they begin with
/// @param report empty before a preview
@CheckedTemplate(basePath = "accounts")
record BrandListPage(
        PageFrame shell,
        String usage,
        String list,
        String start,
        List<Starts> starts,
        Optional<FormProblem> problem,
        Optional<Report> report,
        String idempotencyKey)
        implements TemplateInstance {

    /// @param tone of the banner: `good` or `warn`
    /// @param leftOut names the columns that mean nothing here; empty if there are none
    record Report(String tone, String title, String leftOut, List<Line> lines) {}

    /// @param problem why it would not be created; empty if it would
    /// @param note what to look at before it is
    record Line(int number, String displayName, String username, String problem, String note) {}
}
