package dev.banyan.accounts.context;

/// Something on a dashboard that needs a person: what happened, and the one action that helps.
///
/// @param title one sentence
/// @param text what follows from it; may be empty
/// @param action the label of the link, such as "Open inboxes"
/// @param path where the link leads
public record AttentionItem(Urgency urgency, String title, String text, String action, String path) {

    /// How urgent it is, most urgent first.
    public enum Urgency {
        BAD("bad", "warn"),
        WARN("warn", "warn"),
        NOTE("", "info");

        public final String tone;
        public final String icon;

        Urgency(String tone, String icon) {
            this.tone = tone;
            this.icon = icon;
        }
    }
}
