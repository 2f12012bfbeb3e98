package dev.banyan.accounts.exports;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Exports of an account, and a form that asks for one.
///
/// @param brand typed or chosen; empty for the whole account
/// @param mailing whether this server can say by email when one is ready
/// @param running whether any is unfinished, so that the list refreshes itself
@CheckedTemplate(basePath = "accounts")
record ExportsPage(
        PageFrame shell, List<Row> rows, String brand, boolean mailing, boolean running, Optional<FormProblem> problem)
        implements TemplateInstance {

    /// @param tone the color of its state
    /// @param file what its button downloads; empty unless it is ready
    record Row(
            String id,
            String name,
            String tone,
            String state,
            TimeText created,
            Optional<String> kept,
            Optional<String> size,
            Optional<String> problem,
            boolean unfinished,
            int progress,
            boolean ready) {}
}
