package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The server's jobs and their last results.
///
/// @param servers all that share the database; none if there is only this one
@CheckedTemplate(basePath = "accounts")
record OperatorJobsPage(PageFrame shell, List<Server> servers, List<Row> rows, Optional<FormProblem> problem)
        implements TemplateInstance {

    /// A server on the same database.
    ///
    /// @param here whether it is the one that shows this page
    /// @param works whether it runs the jobs that only one runs
    /// @param numbers how many WhatsApp numbers it has, as text
    /// @param news how fast it hears of the others; known only of the one that shows this page
    record Server(String name, boolean here, boolean works, TimeText since, String numbers, Optional<String> news) {}

    /// One job; `tone` is the colour of its state in the stylesheet.
    record Row(
            String id,
            String description,
            String every,
            String status,
            String tone,
            Optional<TimeText> last,
            String took,
            Optional<TimeText> next,
            Optional<String> error,
            Optional<ByHand> byHand) {}

    /// Who started it by hand, and when.
    record ByHand(String by, TimeText at) {}
}
