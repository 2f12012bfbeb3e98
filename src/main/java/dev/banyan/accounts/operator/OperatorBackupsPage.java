package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.backup.BackupPlanInput;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// When and where this server writes backups, and what became of them.
///
/// @param planned whether a plan is saved
/// @param typedSecret sealed, if one was typed
/// @param next when the next one is due
@CheckedTemplate(basePath = "accounts")
record OperatorBackupsPage(
        PageFrame shell,
        Optional<FormProblem> problem,
        BackupPlanInput form,
        List<Choice> days,
        List<String> zones,
        FieldErrors errors,
        boolean planned,
        boolean hasSecret,
        String typedSecret,
        Optional<String> next,
        boolean running,
        List<Row> rows)
        implements TemplateInstance {

    /// One backup; `tone` is the colour of its state in the stylesheet.
    ///
    /// @param downloads whether the plan's place still has it
    record Row(
            String id,
            TimeText started,
            String startedWords,
            String state,
            String tone,
            String cause,
            String size,
            String location,
            Optional<String> problem,
            boolean downloads) {}
}
