package dev.banyan.platform.web.page;

/// A link that is shown once, to the person who just made it: only its digest is stored. Render it with
/// `platform/copyLink`.
///
/// @param recipient the person it is for, as the page names them
/// @param mailing whether this server sends email, so that the link is an alternative to one
public record OneTimeLink(Kind kind, String recipient, String url, boolean mailing) {

    public enum Kind {
        INVITATION("Invitation link", "It works once and expires after 7 days."),
        PASSWORD("Password link", "It works once and expires after 24 hours."),
        RESET("Password reset link", "It works once and expires after an hour."),
        CONFIRMATION("Confirmation link", "It expires after 3 days.");

        private final String label;
        private final String life;

        Kind(String label, String life) {
            this.label = label;
            this.life = life;
        }
    }

    public String label() {
        return kind.label;
    }

    /// Says why the link has to be passed on by hand, and for how long it works.
    public String text() {
        return (mailing ? "Links sent earlier no longer work. " : "This server can’t send email, so send it yourself. ")
                + kind.life + " We won’t show it again.";
    }
}
