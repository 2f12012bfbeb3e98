package dev.banyan.whatsapp.board;

import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.session.LinkCode;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/** Links one sender: a code to scan while it is being linked, else how it stands. */
@CheckedTemplate(basePath = "whatsapp")
record LinkSenderPage(
        PageFrame shell,
        SenderView sender,
        Stage stage,
        Optional<LinkCode> code,
        Optional<String> device,
        boolean simulated)
        implements TemplateInstance {

    /** What is to be seen. */
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
