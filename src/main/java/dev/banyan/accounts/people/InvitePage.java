package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form that invites a person to work for an account; `mailing` says whether this server sends the invitation.
@CheckedTemplate(basePath = "accounts")
record InvitePage(
        PageFrame shell,
        String email,
        boolean mailing,
        MemberForm rights,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {}
