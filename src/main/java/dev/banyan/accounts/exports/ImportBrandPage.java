package dev.banyan.accounts.exports;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Uploads an export and creates a brand from it, or adds what it has to a brand.
///
/// @param found the result of a dry run
/// @param notes what would be left out or different
@CheckedTemplate(basePath = "accounts")
record ImportBrandPage(
        PageFrame shell,
        String username,
        String displayName,
        String account,
        String into,
        String largest,
        Optional<String> found,
        List<String> notes,
        Optional<FormProblem> problem)
        implements TemplateInstance {}
