package dev.banyan.pages.editor;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/**
 * The form for a new page, as a dialog ({@code fragment}) or on a page of its own. {@code publicHost} and the
 * username stand before the slug; {@code action} is where the form leads; {@code firstPage} says that this one will be the default page in any case. With a
 * {@code source} it becomes a copy of that page.
 */
@CheckedTemplate(basePath = "pages")
record CreatePagePage(
        PageFrame shell,
        String action,
        String usage,
        Values values,
        FieldErrors errors,
        Optional<FormProblem> problem,
        String idempotencyKey,
        String publicHost,
        String username,
        boolean firstPage,
        Optional<Source> source,
        boolean fragment)
        implements TemplateInstance {

    /** The page that is copied. */
    record Source(String id, String name) {}

    record Values(String name, String slug, boolean defaultPage) {
        static final Values EMPTY = new Values("", "", false);
    }
}
