package dev.banyan.accounts.moves;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// What an account offered, gave and got.
@CheckedTemplate(basePath = "accounts")
record MovesPage(PageFrame shell, List<Row> rows, Optional<FormProblem> problem) implements TemplateInstance {

    /// @param other `@username` or e-mail of the other side
    /// @param given whether the account offers it, rather than gets it
    /// @param until when the offer, or the time to undo it, ends
    record Row(
            String id,
            String name,
            String other,
            boolean given,
            String tone,
            String state,
            TimeText when,
            Optional<String> until,
            boolean answerable,
            boolean cancelable,
            boolean undoable) {}
}
