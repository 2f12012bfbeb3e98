package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form that saves a brand as a template.
///
/// @param from the chosen brand
/// @param chosen the keys of the chosen parts
@CheckedTemplate(basePath = "accounts")
record SaveTemplatePage(
        PageFrame shell,
        List<Choice> brands,
        String from,
        String name,
        List<Choice> parts,
        Set<String> chosen,
        FieldErrors errors,
        Optional<FormProblem> problem,
        String idempotencyKey)
        implements TemplateInstance {}
