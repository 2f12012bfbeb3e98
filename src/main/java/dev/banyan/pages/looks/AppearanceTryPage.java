package dev.banyan.pages.looks;

import module java.base;
import dev.banyan.pages.looks.AppearancePage.Section;
import dev.banyan.pages.looks.AppearancePage.Warning;
import dev.banyan.platform.web.page.FieldErrors;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The effect of an appearance form while it is filled in: the warnings, and the preview if the typed values can be
/// drawn. `preview` is its path, or empty; `problems` says what prevents saving. `sections` are the fields filled for
/// another theme; empty while the theme is the same.
@CheckedTemplate(basePath = "pages")
record AppearanceTryPage(
        String pageName,
        String preview,
        List<String> problems,
        List<Warning> warnings,
        boolean unknownGround,
        FieldErrors errors,
        String filledFor,
        List<Section> sections)
        implements TemplateInstance {}
