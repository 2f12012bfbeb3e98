package dev.banyan.workspaces.many;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.ProjectHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Asks before many workspaces are changed, and names them.
///
/// @param action `suspend`, `activate`, `template` or `invite`
/// @param hidden what chose the workspaces: names as values, contents as labels
/// @param names those that are shown; `more` counts the others
/// @param typed the template or the email
@CheckedTemplate(basePath = "workspaces")
record BulkWorkspacesPage(
        PageFrame shell,
        ProjectHead project,
        String action,
        String title,
        String sentence,
        String button,
        List<Choice> hidden,
        List<String> names,
        long more,
        String typed,
        String error,
        List<Choice> models,
        String back)
        implements TemplateInstance {}
