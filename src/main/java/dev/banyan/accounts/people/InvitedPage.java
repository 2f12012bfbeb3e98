package dev.banyan.accounts.people;

import dev.banyan.platform.web.page.Door;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/// The sign-up page of an invitation; `from` is the inviting account, `publicHost` is shown before the username.
@CheckedTemplate(basePath = "accounts")
record InvitedPage(
        Door door,
        String token,
        String email,
        String from,
        String username,
        String publicHost,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {}
