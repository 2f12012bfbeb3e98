package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form that duplicates a page into another brand, as a dialog (`fragment`) or on a page of its own.
@CheckedTemplate(basePath = "pages")
record DuplicatePagePage(
        PageFrame shell,
        String id,
        String pageName,
        String brand,
        String name,
        FieldErrors errors,
        Optional<FormProblem> problem,
        String idempotencyKey,
        boolean fragment)
        implements TemplateInstance {}
