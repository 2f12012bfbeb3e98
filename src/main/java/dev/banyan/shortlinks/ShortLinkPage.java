package dev.banyan.shortlinks;

import dev.banyan.platform.web.Choice;
import dev.banyan.platform.web.FieldErrors;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.QrPicture;
import dev.banyan.platform.web.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** The form of a short link: a new one, or one that is there, with its address and QR code. */
@CheckedTemplate(basePath = "shortlinks")
record ShortLinkPage(
        Shell shell,
        Optional<Known> known,
        ShortLinkForm form,
        FieldErrors errors,
        Optional<FormProblem> problem,
        String idempotencyKey,
        String publicHost,
        boolean countriesKnown,
        List<Choice> devices)
        implements TemplateInstance {

    record Known(String id, String url, boolean hasPassword, String clicksText, String lastClicked, QrPicture qr) {}
}
