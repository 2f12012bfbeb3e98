package dev.banyan.workspaces.access;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.banyan.platform.Keyed;

/// What a key of a workspace may be allowed to do. [WorkspaceKeyRoutes] lists the routes of each.
public enum KeyPermission implements Keyed {
    USERS("Manage users", "List, add and remove users and agents, and invite them. Admins stay out of reach."),
    CONVERSATIONS("Use conversations", "Read and continue the conversations of users with the assistant."),
    INBOX("Manage the inbox", "List, assign, tag and close customers’ conversations, and edit saved replies."),
    MESSAGES("Read and send messages", "Read customers’ messages, and write to customers on WhatsApp."),
    CONTACTS("Read contacts", "List customers with their names and phone numbers.");

    public static final String RULE = "permissions must be from: "
            + Stream.of(values()).map(KeyPermission::key).collect(Collectors.joining(", "));

    public final String label;
    public final String hint;

    KeyPermission(String label, String hint) {
        this.label = label;
        this.hint = hint;
    }

    /// The value in the API and tables.
    @JsonValue
    @Override
    public String key() {
        return Keyed.super.key();
    }

    public static Optional<KeyPermission> of(String key) {
        return Keyed.parse(KeyPermission.class, key);
    }

    /// Admins of a workspace can't read its users’ conversations, so they can't allow it to a program either.
    public boolean isForProjectSideOnly() {
        return this == CONVERSATIONS;
    }

    /// Returns the names of these in plain words: "Manage users, Read contacts".
    public static String words(Collection<KeyPermission> permissions) {
        return permissions.stream().map(permission -> permission.label).collect(Collectors.joining(", "));
    }
}
