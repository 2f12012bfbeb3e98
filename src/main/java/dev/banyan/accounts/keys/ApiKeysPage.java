package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.platform.web.page.Chart;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The keys of a root account. `fresh` is the whole text of a key that was just created, which no other page shows;
/// `open` is true if another key can be created, `narrowed` what the form narrows it to. A sub-account sees only that
/// it has none.
@CheckedTemplate(basePath = "accounts")
record ApiKeysPage(
        PageFrame shell,
        List<Row> rows,
        Optional<Fresh> fresh,
        boolean open,
        String room,
        List<PermissionGroup> permissions,
        String name,
        KeyLimitsForm narrowed,
        FieldErrors errors,
        Optional<FormProblem> problem,
        String limits,
        Optional<Chart> chart,
        String requests,
        List<Example> examples)
        implements TemplateInstance {

    record Fresh(String id, String text) {}

    /// One key; `reason` is why it is disabled, `byOwner` whether its owner can change that.
    record Row(
            String id,
            String name,
            boolean active,
            boolean test,
            boolean mayEnable,
            Optional<String> reason,
            String permissions,
            String created,
            String used) {}

    /// The first call in one language.
    record Example(String id, String language, String code) {}
}
