package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Latin;

/// The rules for the names and passwords of workspace users (design 4), in the words of the contract (section 6).
public final class WorkspaceUserRules {

    public static final int LONGEST_USERNAME = 64;

    /// Part of a pattern: what a username consists of.
    public static final String USERNAME_CHARACTERS = "[A-Za-z0-9._-]";

    private static final Pattern USERNAME = Pattern.compile(USERNAME_CHARACTERS + "{2," + LONGEST_USERNAME + "}");

    private WorkspaceUserRules() {}

    public static Optional<Invalid> brokenUsername(String typed) {
        return USERNAME.matcher(typed).matches()
                ? Optional.empty()
                : Optional.of(new Invalid(
                        "username",
                        "Username must be 2-64 characters and contain only letters, numbers, dots, underscores, and"
                                + " hyphens",
                        "Use 2 to 64 letters, digits, dots, hyphens or underscores."));
    }

    /// Returns the username that a name elsewhere suggests, such as an email, or what a provider calls a person:
    /// `jörg.müller@example.com` gives `jorg.muller`.
    public static String usernameOf(String name) {
        String local = name.strip().replaceFirst("@.*$", "");
        String latin = Latin.of(local).replaceAll("[^A-Za-z0-9._-]+", "_");
        String cut = latin.substring(0, Math.min(latin.length(), LONGEST_USERNAME));
        return brokenUsername(cut).isEmpty() ? cut : "user" + cut;
    }

    public static Optional<Invalid> brokenEmail(String typed) {
        return Names.brokenEmail(typed)
                .map(broken -> new Invalid("email", "Invalid email format", broken.userMessage()));
    }

    /// Checks the length only: workspace users have no composition rules and no list of common passwords.
    public static Optional<Invalid> brokenPassword(String field, String password) {
        int length = Passwords.length(password);
        if (length < Passwords.SHORTEST) {
            return Optional.of(new Invalid(
                    field,
                    "Password must be at least " + Passwords.SHORTEST + " characters long",
                    "Use at least " + Passwords.SHORTEST + " characters."));
        }
        return length > Passwords.LONGEST
                ? Optional.of(
                        new Invalid(field, "Password is too long", "Use at most " + Passwords.LONGEST + " characters."))
                : Optional.empty();
    }
}
