package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.QrPicture;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// QR codes of a page and its links: `shown` is displayed, all can be downloaded.
@CheckedTemplate(basePath = "pages")
record PageQrPage(PageFrame shell, String pageId, String pageName, Code shown, QrPicture picture, List<Code> codes)
        implements TemplateInstance {

    /// A QR code. `query` selects it in the addresses of its files: empty for the page itself, otherwise `&linkId=…`.
    record Code(String name, String address, String query, boolean current) {}
}
