package dev.banyan.pages.visitor;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** What a visitor gets. Our own words are in {@code raw} places, and nothing that a person typed. */
@CheckedTemplate(basePath = "pages")
record PublicPage(
        Head head,
        PageLook look,
        Optional<String> bio,
        String username,
        String initials,
        List<Icon> icons,
        Optional<MessageUs> messageUs,
        List<Part> parts,
        boolean footer,
        Optional<String> managedBy)
        implements TemplateInstance {

    /** For browsers' tabs, search engines and whoever shows a preview; {@code facts} is JSON that ends no element. */
    record Head(String title, String description, String url, String card, String facts) {}

    /** A mark that leads to another place of the account; {@code drawing} is ours. */
    record Icon(String url, String label, String drawing) {}

    /** The button that leads to a number; which one is chosen when it is pressed. */
    record MessageUs(String pageId, String label) {}

    /** A link that stands alone, or a group; {@code layout} is a class of ours, or empty. */
    record Part(
            Optional<PublicLink> single,
            String title,
            Optional<String> layout,
            boolean collapsed,
            List<PublicLink> links) {}

    /**
     * {@code note} tells where the link leads, since the address itself is ours, or what stands before it; {@code classes}
     * are ours, each with a space before it. At most one of {@code picture}, {@code emoji} and {@code drawing} is there.
     */
    record PublicLink(
            String id,
            String title,
            String note,
            String classes,
            Optional<String> picture,
            Optional<String> emoji,
            Optional<String> drawing) {}
}
