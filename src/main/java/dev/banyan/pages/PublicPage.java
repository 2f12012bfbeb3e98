package dev.banyan.pages;

import dev.banyan.platform.web.Avatar;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** What a visitor gets. {@code style} is our own stylesheet, inlined as it is; nothing that a person typed is in it. */
@CheckedTemplate(basePath = "pages")
record PublicPage(
        String title,
        Optional<String> bio,
        String username,
        Avatar avatar,
        Optional<MessageUs> messageUs,
        List<PublicLink> links,
        String canonicalUrl,
        String style)
        implements TemplateInstance {

    /** The button that leads to a number; which one is chosen when it is pressed. */
    record MessageUs(String pageId, String label) {}

    /** {@code host} tells where the link leads, since the address itself is ours. */
    record PublicLink(String id, String title, String host) {}
}
