package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.platform.web.page.Door;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page of an invitation; `from` is the inviting account. `known` people have signed in and only accept; others
/// choose a name and a password.
@CheckedTemplate(basePath = "accounts")
record InvitedPage(
        Door door,
        String token,
        String email,
        String from,
        boolean known,
        String name,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {}
