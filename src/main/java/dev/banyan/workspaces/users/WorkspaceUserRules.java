package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.Invalid;

/// The rules for the names and passwords of workspace users (design 4), in the words of the contract (section 6).
public final class WorkspaceUserRules {

    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_]{3,20}");

    private WorkspaceUserRules() {}

    public static Optional<Invalid> brokenUsername(String typed) {
        return USERNAME.matcher(typed).matches()
                ? Optional.empty()
                : Optional.of(new Invalid(
                        "username",
                        "Username must be 3-20 characters and contain only letters, numbers, and underscores",
                        "Use 3 to 20 letters, digits or underscores."));
    }

    public static Optional<Invalid> brokenEmail(String typed) {
        return Names.brokenEmail(typed)
                .map(broken -> new Invalid("email", "Invalid email format", broken.userMessage()));
    }

    /// Checks the length only: workspace users have no composition rules and no list of common passwords.
    public static Optional<Invalid> brokenPassword(String field, String password) {
        int length = password.codePointCount(0, password.length());
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
