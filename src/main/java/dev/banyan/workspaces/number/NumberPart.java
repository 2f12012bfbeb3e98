package dev.banyan.workspaces.number;

import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.whatsapp.session.LinkCode;
import dev.banyan.workspaces.WhatsAppWord;
import java.util.Optional;

/**
 * The number of a workspace, as the project's side and the workspace's own admins see it: it is linked, watched and
 * unlinked here. It changes by itself, so it is asked for again and again and says which {@code version} it shows;
 * {@code number} is empty before the first linking. {@code base} is the address of the page, {@code query} what links add
 * to it, and {@code as} the account that forms are drawn for; both are empty for members. {@code customers} is the address
 * where customers of the simulation are played, where there is one.
 */
record NumberPart(
        Optional<Number> number,
        Optional<LinkCode> code,
        String version,
        String base,
        String query,
        String as,
        Optional<String> customers,
        Optional<FormProblem> problem) {

    /** What asks for this part again. */
    public String renewal() {
        return base + (query.isEmpty() ? "?" : query + "&") + "seen=" + version;
    }

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
}
