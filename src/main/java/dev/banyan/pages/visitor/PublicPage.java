package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.platform.Language;
import dev.banyan.platform.web.page.QrPicture;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The public page. `raw` values contain only our own text, never user input.
@CheckedTemplate(basePath = "pages")
record PublicPage(
        Head head,
        PageStyles look,
        Optional<String> bio,
        String username,
        String initials,
        List<Icon> icons,
        Optional<MessageUs> messageUs,
        List<Part> parts,
        Optional<Share> share,
        boolean footer,
        Optional<String> managedBy,
        Language language)
        implements TemplateInstance {

    /// The data for browser tabs, search engines and link previews; `facts` is JSON that can't close its element.
    record Head(String title, String description, String url, String card, String icon, String facts) {}

    /// An icon that links to another site of the account; `drawing` is ours.
    record Icon(String url, String label, String drawing) {}

    /// The page's address as a QR code, and addresses of apps that send it on.
    record Share(String address, QrPicture qr, String mail, String whatsapp) {}

    /// The button that leads to a number, which is chosen on click.
    record MessageUs(String pageId, String label) {}

    /// A single link, or a group; `layout` is one of our classes, or empty.
    record Part(
            Optional<PublicLink> single,
            String title,
            Optional<String> layout,
            boolean collapsed,
            List<PublicLink> links) {}

    /// A link. `note` says where it leads, because its address is ours, or how it is locked; `classes` are ours, each
    /// with a leading space. At most one of `picture`, `emoji` and `drawing` is set. A heading has only a
    /// title, below that of its group if it is in one, and a text only a `note`.
    record PublicLink(
            String kind,
            boolean grouped,
            String id,
            String title,
            String note,
            String classes,
            Optional<String> picture,
            Optional<String> emoji,
            Optional<String> drawing) {}
}
