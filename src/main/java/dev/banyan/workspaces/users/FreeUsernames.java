package dev.banyan.workspaces.users;

import module java.base;
import dev.banyan.platform.Digests;

/// Usernames for people who come from elsewhere: under a name that isn't a username here, or that someone has.
public final class FreeUsernames {

    private static final int NUMBERED = 50;

    private FreeUsernames() {}

    /// Returns a free username like a name elsewhere, numbered if someone has it.
    ///
    /// @param name such as an email
    /// @param unique tells people of one name apart
    public static String like(String name, String unique, Predicate<String> isTaken) {
        String base = WorkspaceUserRules.usernameOf(name);
        return Stream.concat(Stream.of(""), IntStream.rangeClosed(2, NUMBERED).mapToObj(Integer::toString))
                .map(end -> ended(base, end))
                .filter(username -> !isTaken.test(username))
                .findFirst()
                .orElseGet(() -> ended(base, "_" + Digests.sha256Hex(unique).substring(0, 12)));
    }

    private static String ended(String base, String end) {
        return base.substring(0, Math.min(base.length(), WorkspaceUserRules.LONGEST_USERNAME - end.length())) + end;
    }
}
