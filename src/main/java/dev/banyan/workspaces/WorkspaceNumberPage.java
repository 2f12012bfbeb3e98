package dev.banyan.workspaces;

import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.QrPicture;
import dev.banyan.platform.web.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/**
 * The third tab of a workspace: its WhatsApp number is linked, watched and unlinked. The part that changes by itself asks
 * again and again and says which {@code version} it shows; {@code number} is empty before the first linking.
 */
@CheckedTemplate(basePath = "workspaces")
record WorkspaceNumberPage(
        Shell shell,
        WorkspaceHead head,
        Optional<Number> number,
        Optional<Code> code,
        String version,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    /**
     * {@code phone} as people write it; {@code since} says when it got into this state; {@code error} is why it does not
     * work, in words.
     */
    record Number(
            String id,
            WhatsAppWord word,
            Step step,
            boolean simulated,
            Optional<String> phone,
            Optional<String> device,
            String since,
            Optional<String> error) {

        public boolean linking() {
            return step == Step.LINKING;
        }

        public boolean passkey() {
            return step == Step.PASSKEY;
        }

        public boolean linked() {
            return step == Step.LINKED;
        }

        public boolean restricted() {
            return step == Step.RESTRICTED;
        }

        public boolean disconnected() {
            return step == Step.DISCONNECTED;
        }

        public boolean banned() {
            return step == Step.BANNED;
        }

        /** Whether it can be logged out. */
        public boolean inUse() {
            return linked() || restricted() || disconnected();
        }

        /** Seconds between two looks. */
        public int pace() {
            return linking() || passkey() ? 2 : 10;
        }

        /** What a screen reader is told when it comes to this. */
        public String announced() {
            return linking()
                    ? "Waiting for the scan"
                    : word.word() + (linked() ? phone.map(known -> ": " + known).orElse("") : "");
        }
    }

    /** Where a number stands; idle is everything from which one begins anew. */
    enum Step {
        IDLE,
        LINKING,
        PASSKEY,
        LINKED,
        RESTRICTED,
        DISCONNECTED,
        BANNED
    }

    /** {@code left} and {@code lasts} are seconds. */
    record Code(QrPicture qr, int number, int of, long left, long lasts) {}
}
