package dev.banyan.workspaces.administration;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.workspaces.access.ProjectHead;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A project's name and description, and the switches for all of its workspaces.
@CheckedTemplate(basePath = "workspaces")
record ProjectSettingsPage(
        PageFrame shell, ProjectHead project, CreateProjectPage.Values values, boolean mailing, FieldErrors errors)
        implements TemplateInstance {}
