package dev.banyan.workspaces.signin;

import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.workspaces.access.WorkspaceDoor;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/**
 * Tells people why their registration does not count yet. {@code name} is whom a new link goes to; {@code sent} says that
 * one was asked for.
 */
@CheckedTemplate(basePath = "workspaces")
record RegistrationWaitsPage(
        WorkspaceDoor door, boolean mailed, String name, boolean sent, Optional<FormProblem> problem)
        implements TemplateInstance {}
