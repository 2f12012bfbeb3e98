package dev.banyan.platform.web.page;

import dev.banyan.platform.web.Call;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.Response;

/// A small notice with one link, such as that an e-mail is confirmed.
@CheckedTemplate(basePath = "platform")
public record MessagePage(Door door, String title, String text, String link, String linkLabel)
        implements TemplateInstance {

    /// Answers that the link of a mail has expired or was revoked.
    public static Response linkOver(Assets assets, Call call, String text, String link, String linkLabel) {
        Door door = assets.door("Link not valid", call);
        return Html.answer(404, new MessagePage(door, "This link no longer works", text, link, linkLabel));
    }
}
