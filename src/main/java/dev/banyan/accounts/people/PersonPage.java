package dev.banyan.accounts.people;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A member's rights in an account; `key` identifies the person in addresses.
@CheckedTemplate(basePath = "accounts")
record PersonPage(
        PageFrame shell,
        String key,
        String email,
        boolean you,
        boolean owns,
        MemberForm rights,
        boolean lastOwner,
        FieldErrors errors)
        implements TemplateInstance {}
