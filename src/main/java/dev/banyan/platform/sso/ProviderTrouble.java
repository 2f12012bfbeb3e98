package dev.banyan.platform.sso;

import dev.banyan.platform.web.page.FormProblem;

/// Something is wrong with a provider or what it answered.
///
/// The message is a whole sentence for the people who set up the provider; it holds nothing secret.
public class ProviderTrouble extends Exception {

    public enum Kind {
        /// The provider can’t be asked now. Nothing is known about the person.
        UNAVAILABLE,
        /// The settings here or there are wrong.
        SETUP,
        /// The provider or a check says that this sign-in doesn’t count.
        REFUSED
    }

    private final Kind kind;

    public ProviderTrouble(Kind kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    public ProviderTrouble(Kind kind, String sentence, Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /// Returns the message for the person who signs in.
    ///
    /// @param whom to ask if the settings are wrong, as a sentence
    public FormProblem problem(String whom) {
        return switch (kind) {
            case UNAVAILABLE ->
                new FormProblem("Your sign-in provider can’t be reached.", "Try again in a few minutes.");
            case SETUP -> new FormProblem("Single sign-on isn’t set up correctly.", whom);
            case REFUSED -> new FormProblem("Your sign-in provider’s answer wasn’t accepted.", "Sign in again.");
        };
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
