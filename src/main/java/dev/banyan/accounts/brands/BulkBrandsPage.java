package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Asks before many brands are changed, and names them.
///
/// @param action `suspend`, `activate`, `label` or `notices`
/// @param sentence what it means
/// @param hidden what chose the brands
/// @param names those that are shown; `more` counts the others
/// @param typed the label or the recipient that was chosen
/// @param suggestions labels in use
@CheckedTemplate(basePath = "accounts")
record BulkBrandsPage(
        PageFrame shell,
        String action,
        String title,
        String sentence,
        String button,
        List<Choice> hidden,
        List<Name> names,
        long more,
        String typed,
        String error,
        List<String> suggestions,
        List<Choice> recipients,
        String back)
        implements TemplateInstance {

    record Name(String username, String displayName) {}
}
