package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form for a new page, as a dialog (`fragment`) or on a page of its own. `publicHost` and the username are shown
/// before the slug; the form is sent to `action`; with `firstPage` this one becomes the default page in any case. With
/// a `source` the new page is a copy of it.
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

    /// The page that is copied.
    record Source(String id, String name) {}

    record Values(String name, String slug, boolean defaultPage) {
        static final Values EMPTY = new Values("", "", false);
        /// What is suggested for an account's first page.
        static final Values FIRST = new Values("Home", "home", false);
    }
}
