package dev.banyan.accounts;

import dev.banyan.platform.web.FieldErrors;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/** Asks somebody to work for an account. */
@CheckedTemplate(basePath = "accounts")
record InvitePage(Shell shell, String email, MemberForm rights, FieldErrors errors, Optional<FormProblem> problem)
        implements TemplateInstance {}
