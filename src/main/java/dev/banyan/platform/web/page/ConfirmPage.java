package dev.banyan.platform.web.page;

import module java.base;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Asks to confirm an act, as a dialog (`fragment`) or on a page of its own. `Confirmation.Builder.on` builds it. Pages
/// with another frame include `platform/confirmForm`.
@CheckedTemplate(basePath = "platform")
public record ConfirmPage(PageFrame shell, List<Confirmation.Crumb> crumbs, Confirmation confirm, boolean fragment)
        implements TemplateInstance {}
