package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.accounts.context.KeyRights;
import dev.banyan.platform.Invalid;

/// What a key in test mode may hold and open: it reads, and orders messages that reach no one. Of messages it knows its
/// tests alone.
final class TestMode {

    static final String CLOSED = "This API key is in test mode and can’t do this. Use a key without test mode.";
    static final String NEVER_CHANGES = "test can’t be changed. Create another key.";

    /// What a test key can do unless its permissions are chosen.
    static final List<String> PERMISSIONS = List.of("messages:send", "messages:read");

    private static final String SEND = "messages:send";
    private static final String MESSAGES = "messages:";
    private static final String READ = ":read";

    private static final Set<String> OF_MESSAGES = Set.of(
            "POST /api/whatsapp/messages",
            "GET /api/whatsapp/messages",
            "GET /api/whatsapp/messages/{messageId}",
            "POST /api/whatsapp/messages/{messageId}/cancel",
            "POST /api/whatsapp/media",
            "DELETE /api/whatsapp/media/{mediaId}");

    private TestMode() {}

    /// Returns what a test key can't hold of these permissions.
    static Optional<Invalid> broken(String field, List<String> permissions) {
        List<String> other = permissions.stream()
                .filter(word -> !KeyRights.means(word).stream().allMatch(TestMode::mayHold))
                .distinct()
                .toList();
        if (other.isEmpty()) {
            return Optional.empty();
        }
        String named = String.join(", ", other);
        return Optional.of(new Invalid(
                field,
                "A key in test mode reads, and sends tests with messages:send. Leave out " + named,
                "A key in test mode can only view things and send messages. Leave out " + PermissionWords.list(other)
                        + "."));
    }

    private static boolean mayHold(String permission) {
        return permission.equals(SEND) || permission.endsWith(READ);
    }

    /// @param permission that the route needs
    static boolean opens(String route, String permission) {
        return permission.startsWith(MESSAGES) ? OF_MESSAGES.contains(route) : permission.endsWith(READ);
    }

    /// Returns whether live events of what a permission opens are told to a test key: those of messages are of real
    /// ones.
    static boolean hears(String permission) {
        return !permission.startsWith(MESSAGES) && permission.endsWith(READ);
    }
}
