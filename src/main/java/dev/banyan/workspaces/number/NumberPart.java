package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.TimeText;
import dev.banyan.whatsapp.session.LinkCode;
import dev.banyan.whatsapp.session.LinkOffer;
import dev.banyan.workspaces.access.WhatsAppWord;

/// The number of a workspace, for the project's side and the workspace's own admins: linked, monitored and unlinked
/// here. It changes by itself, so the page polls it; `version` identifies the state shown. `number` is empty before
/// the first linking. `base` is the address of the page, `query` the query string of its links, and `as` the account
/// that forms act for; both are empty for members. `link` is what its gateway offers while it isn’t linked.
/// `customers` is the address of the page that simulates customers. `offer` are the account's pools, for those who
/// may attach one to a workspace without a number; `connections` are the gateways that they may choose for a new
/// one.
record NumberPart(
        Optional<Number> number,
        Optional<LinkCode> code,
        Optional<LinkOffer> link,
        String version,
        String base,
        String query,
        String as,
        String customers,
        Optional<WorkspacePools.Offer> offer,
        List<Choice> connections,
        boolean detachable,
        boolean removable,
        Optional<FormProblem> problem) {

    /// Whether a new number is an alternative to a pool.
    public boolean adds() {
        return offer.filter(WorkspacePools.Offer::attachable).isPresent();
    }

    /// The address that this part is polled from.
    public String renewal() {
        return base + (query.isEmpty() ? "?" : query + "&") + "seen=" + version;
    }

    /// `scans` is false for a number that its gateway knows without a phone; `phone` formatted for people; `since` says
    /// when it got into this state; `error` describes why it doesn't work.
    record Number(
            String name,
            WhatsAppWord word,
            Step step,
            boolean simulated,
            boolean scans,
            Optional<String> phone,
            Optional<String> device,
            TimeText since,
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

        /// Whether it can be logged out.
        public boolean inUse() {
            return linked() || restricted() || disconnected();
        }

        /// The polling interval in seconds.
        public int pace() {
            return linking() || passkey() ? 2 : 10;
        }

        /// The announcement for screen readers when this part is updated.
        public String announced() {
            return linking()
                    ? scans ? "Waiting for scan" : "Connecting"
                    : word.word() + (linked() ? phone.map(known -> ": " + known).orElse("") : "");
        }
    }

    /// The state of a number; idle covers everything from which linking starts over.
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
