package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form for one key: its name and its permissions.
@CheckedTemplate(basePath = "accounts")
record ApiKeyPage(
        PageFrame shell,
        String id,
        String keyName,
        boolean test,
        String name,
        List<PermissionGroup> permissions,
        FieldErrors errors)
        implements TemplateInstance {}
