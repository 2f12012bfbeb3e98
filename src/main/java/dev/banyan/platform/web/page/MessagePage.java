package dev.banyan.platform.web.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A small notice with one link, such as that an e-mail is confirmed.
@CheckedTemplate(basePath = "platform")
public record MessagePage(Door door, String title, String text, String link, String linkLabel)
        implements TemplateInstance {

    /// Says that the link of a mail has expired or was revoked.
    ///
    /// @param door titled “Link not valid”
    public static MessagePage linkOver(Door door, String text, String link, String linkLabel) {
        return new MessagePage(door, "This link no longer works", text, link, linkLabel);
    }
}
