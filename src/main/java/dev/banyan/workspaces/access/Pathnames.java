package dev.banyan.workspaces.access;

import module java.base;
import dev.banyan.platform.Invalid;

/// The readable part of a workspace's address. Derived from the name exactly by the seed's algorithm, which is
/// JavaScript and so has a wider definition of white space than Java.
public final class Pathnames {

    static final int LONGEST = 50;
    private static final String OF_NOTHING = "workspace";

    private static final String SPACE =
            "\\t\\n\\x0B\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
    private static final Pattern AROUND = Pattern.compile("^[" + SPACE + "]+|[" + SPACE + "]+$");
    private static final Pattern FOREIGN = Pattern.compile("[^a-z0-9" + SPACE + "-]");
    private static final Pattern SPACES = Pattern.compile("[" + SPACE + "]+");
    private static final Pattern HYPHENS = Pattern.compile("-+");
    private static final Pattern OUTER_HYPHENS = Pattern.compile("^-+|-+$");
    private static final Pattern GIVEN = Pattern.compile("[a-z0-9-]+");

    private Pathnames() {}

    /// `Marketing Department` becomes `marketing-department`; at most 50 characters, and `workspace` if nothing of the
    /// name is left.
    public static String of(String name) {
        String text = AROUND.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
        text = FOREIGN.matcher(text).replaceAll("");
        text = SPACES.matcher(text).replaceAll("-");
        text = HYPHENS.matcher(text).replaceAll("-");
        text = OUTER_HYPHENS.matcher(text).replaceAll("");
        if (text.length() > LONGEST) {
            text = OUTER_HYPHENS.matcher(text.substring(0, LONGEST)).replaceAll("");
        }
        return text.isEmpty() ? OF_NOTHING : text;
    }

    /// Validates a typed pathname.
    static Optional<Invalid> broken(String typed) {
        if (!GIVEN.matcher(typed).matches()) {
            return Optional.of(new Invalid(
                    "pathname",
                    "pathname must contain only lowercase letters, numbers, and hyphens",
                    "Use lowercase letters, digits and hyphens."));
        }
        return typed.length() > LONGEST
                ? Optional.of(new Invalid(
                        "pathname",
                        "pathname must be " + LONGEST + " characters or less (current: " + typed.length() + ")",
                        "Address must be " + LONGEST + " characters or fewer (now " + typed.length() + ")."))
                : Optional.empty();
    }
}
