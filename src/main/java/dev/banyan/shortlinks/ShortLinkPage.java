package dev.banyan.shortlinks;

import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.QrPicture;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** The form of a short link: a new one, or one that is there, with its address and QR code. */
@CheckedTemplate(basePath = "shortlinks")
record ShortLinkPage(
        PageFrame shell,
        Optional<Known> known,
        ShortLinkForm form,
        FieldErrors errors,
        Optional<FormProblem> problem,
        String idempotencyKey,
        String publicHost,
        boolean countriesKnown,
        List<Choice> devices,
        List<String> zones,
        List<RuleRow> rules,
        List<ShareRow> variants,
        List<String> problems)
        implements TemplateInstance {

    /** A rule as it was typed, and what is wrong with it. */
    record RuleRow(ShortLinkForm.Row typed, FieldErrors errors) {}

    /** A further target, and what is wrong with it. */
    record ShareRow(ShortLinkForm.Share typed, FieldErrors errors) {}

    record Known(String id, String url, boolean hasPassword, String clicksText, String lastClicked, QrPicture qr) {}
}
