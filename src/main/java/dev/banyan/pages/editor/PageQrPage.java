package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.QrForm;
import dev.banyan.platform.web.page.QrPicture;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// QR codes of a page and its links: `shown` is displayed, all can be downloaded. `qr` says how they are drawn.
@CheckedTemplate(basePath = "pages")
record PageQrPage(
        PageFrame shell,
        String pageId,
        String pageName,
        Code shown,
        QrPicture picture,
        QrForm qr,
        FieldErrors qrErrors,
        List<Code> codes)
        implements TemplateInstance {

    /// A QR code of `address`, which leads to `leadsTo`. `query` selects it in the addresses of its files: empty for
    /// the page itself, otherwise `&linkId=…`.
    record Code(String name, String address, String leadsTo, Optional<String> linkId, String query, boolean current) {}
}
