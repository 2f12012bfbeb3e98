package dev.banyan.pages.looks;

import dev.banyan.pages.looks.AppearancePage.Warning;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * What the form of a look would make of the page, while it is filled in: the warnings, and the preview where what was
 * typed can be drawn. {@code preview} is its path, or empty; {@code problems} says what keeps it from being saved.
 */
@CheckedTemplate(basePath = "pages")
record AppearanceTryPage(
        String pageName, String preview, List<String> problems, List<Warning> warnings, boolean unknownGround)
        implements TemplateInstance {}
