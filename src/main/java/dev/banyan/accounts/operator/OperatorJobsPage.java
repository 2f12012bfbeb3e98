package dev.banyan.accounts.operator;

import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/// The server's jobs and their last results.
@CheckedTemplate(basePath = "accounts")
record OperatorJobsPage(PageFrame shell, List<Row> rows, Optional<FormProblem> problem) implements TemplateInstance {

    /// One job; `tone` is the colour of its state in the stylesheet.
    record Row(
            String id,
            String description,
            String every,
            String status,
            String tone,
            String last,
            String took,
            String next,
            Optional<String> error,
            Optional<String> byHand) {}
}
