package dev.banyan.platform.sso;

import module java.base;

/// Under which names a provider sends what is read about people, and whether its emails count as they are.
///
/// @param email the claim or attribute with the email; empty: the usual ones, in their order
/// @param username likewise
/// @param trustEmails whether emails count as verified, whatever the provider says about that
public record PersonClaims(Optional<String> email, Optional<String> username, boolean trustEmails) {

    private static final Pattern SIGNS = Pattern.compile("[^\\p{L}\\p{N}]");

    /// The usual names, and verified emails only.
    static final PersonClaims USUAL = new PersonClaims(Optional.empty(), Optional.empty(), false);

    List<String> emails(List<String> usual) {
        return email.map(List::of).orElse(usual);
    }

    List<String> usernames(List<String> usual) {
        return username.map(List::of).orElse(usual);
    }

    /// Whether these could give people at a provider for all the emails of others.
    boolean namesEmails() {
        return email.isPresent() || trustEmails;
    }

    /// Whether two names differ in letter case and signs alone: `emailAddress`, `E-Mail Address`.
    static boolean isSameName(String one, String other) {
        return one.equals(other) || !other.isEmpty() && folded(one).equals(folded(other));
    }

    private static String folded(String name) {
        return SIGNS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    /// Whether a text says yes: some quote it, some count.
    static boolean isYes(String text) {
        return text.strip().equalsIgnoreCase("true") || text.strip().equals("1");
    }

    /// Whether a text could be an email, and not only the name of an account. Entra ID names guests
    /// `amira_elsewhere.example#EXT#@office.onmicrosoft.com` or
    /// `live.com#amira@elsewhere.example`, where no mail arrives.
    static boolean isEmail(String text) {
        return text.matches("(?i)(?!live\\.com#|.*#EXT#@)[^@\\s]+@[^@\\s]+");
    }
}
