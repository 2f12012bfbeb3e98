package dev.banyan.whatsapp.proxies;

import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form of a proxy.
///
/// @param use how many numbers use it
@CheckedTemplate(basePath = "whatsapp")
record ProxyPage(
        PageFrame shell, String id, String name, String use, boolean hasPassword, ProxyForm form, FieldErrors errors)
        implements TemplateInstance {}
