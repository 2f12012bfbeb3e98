package dev.banyan.platform.sso;

import module java.base;
import com.unboundid.ldap.sdk.LDAPException;
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

    private static final int LONGEST_WORDS = 500;
    private static final int MOST_READ = 10_000;
    /// What may be a code or a token that a provider repeats.
    private static final Pattern LONG_RUN = Pattern.compile("[A-Za-z0-9_~+=-]{40,}");

    private final Kind kind;
    private final String words;

    public ProviderTrouble(Kind kind, String sentence) {
        this(kind, sentence, "");
    }

    /// @param words the provider’s own about it; empty if it said none
    public ProviderTrouble(Kind kind, String sentence, String words) {
        super(sentence);
        this.kind = kind;
        this.words = plain(words);
    }

    public ProviderTrouble(Kind kind, String sentence, Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
        this.words = cause instanceof LDAPException failure
                ? plain(Objects.requireNonNullElse(failure.getDiagnosticMessage(), ""))
                : "";
    }

    /// Returns the words of a provider without what may be secret in them, cut.
    private static String plain(String words) {
        String start = SignInFacts.cut(words, MOST_READ);
        return SignInFacts.cut(LONG_RUN.matcher(start).replaceAll("…"), LONGEST_WORDS);
    }

    /// Joins an error of OAuth and its description.
    static String words(String code, Optional<String> description) {
        return plain(code
                + description
                        .filter(text -> !text.isBlank())
                        .map(text -> ": " + text)
                        .orElse(""));
    }

    /// Returns what the provider itself says about it.
    Optional<String> words() {
        return Optional.of(words).filter(text -> !text.isBlank());
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
