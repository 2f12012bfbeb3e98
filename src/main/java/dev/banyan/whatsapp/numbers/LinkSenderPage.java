package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.access.SenderView;
import dev.banyan.whatsapp.session.LinkCode;
import dev.banyan.whatsapp.session.LinkOffer;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page that links a sender: a QR code or the passkey step during linking, otherwise its status.
@CheckedTemplate(basePath = "whatsapp")
record LinkSenderPage(
        PageFrame shell,
        SenderView sender,
        Stage stage,
        Optional<LinkCode> code,
        Optional<String> device,
        LinkOffer offer,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    /// What the page shows.
    enum Stage {
        READY,
        CODE,
        PASSKEY,
        LINKED,
        OFF;

        public boolean scanning() {
            return this == CODE;
        }

        public boolean passkey() {
            return this == PASSKEY;
        }

        public boolean linked() {
            return this == LINKED;
        }

        public boolean off() {
            return this == OFF;
        }
    }
}
