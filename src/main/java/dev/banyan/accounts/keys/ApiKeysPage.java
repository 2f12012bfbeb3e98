package dev.banyan.accounts.keys;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * The keys of a root account. {@code fresh} is the whole text of one made just now, which no other page shows;
 * {@code open} whether there may be one more. A sub-account sees only that it has none.
 */
@CheckedTemplate(basePath = "accounts")
record ApiKeysPage(
        PageFrame shell,
        List<Row> rows,
        Optional<Fresh> fresh,
        boolean open,
        String room,
        List<Permission> permissions,
        String name,
        FieldErrors errors,
        Optional<FormProblem> problem,
        String limits,
        KeyChart chart,
        List<Example> examples)
        implements TemplateInstance {

    record Fresh(String id, String text) {}

    /** One key; {@code reason} is why it opens nothing, {@code byOwner} whether its owner can change that. */
    record Row(
            String id,
            String name,
            boolean active,
            boolean mayEnable,
            Optional<String> reason,
            String permissions,
            String created,
            String used) {}

    record Permission(String key, boolean picked) {}

    /** The first call in one language. */
    record Example(String id, String language, String code) {}
}
