package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.accounts.domains.PageAddress;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.QrForm;
import dev.banyan.platform.web.page.QrPicture;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The form of a new or existing short link; an existing one with its address and QR code.
@CheckedTemplate(basePath = "shortlinks")
record ShortLinkPage(
        PageFrame shell,
        Optional<Known> known,
        ShortLinkForm form,
        FieldErrors errors,
        Optional<FormProblem> problem,
        String idempotencyKey,
        boolean countriesKnown,
        List<Choice> pools,
        List<Choice> devices,
        List<String> zones,
        List<RuleRow> rules,
        List<ShareRow> variants,
        Folds folds,
        List<String> problems)
        implements TemplateInstance {

    /// The parts of the form that are folded away until they are needed.
    record Folds(Fold organize, Fold schedule, Fold password, Fold utm, Fold rules, Fold variants) {}

    /// @param summary what is set in it; empty for nothing
    /// @param open whether something is set or refused
    record Fold(String summary, boolean open) {}

    record RuleRow(ShortLinkForm.Row typed, FieldErrors errors) {}

    /// A variant, with its errors.
    record ShareRow(ShortLinkForm.Share typed, FieldErrors errors) {}

    record Known(
            String id,
            PageAddress address,
            boolean hasPassword,
            String clicksText,
            String lastClicked,
            QrPicture code,
            QrForm qr,
            FieldErrors qrErrors) {}
}
