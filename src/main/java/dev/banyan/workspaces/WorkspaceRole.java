package dev.banyan.workspaces;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;

/// The role of a person in their workspace. [Right] says what each may do.
public enum WorkspaceRole {
    ADMIN("admin"),
    /// Answers customers in the inbox.
    AGENT("agent"),
    /// Has only their own chat and profile. The role of everyone who registers.
    USER("user");

    public static final String RULE = "Role must be 'admin', 'agent' or 'user'";

    private final String key;

    WorkspaceRole(String key) {
        this.key = key;
    }

    public boolean usesInbox() {
        return Right.USE_INBOX.isOf(this);
    }

    /// The roles with access to the inbox.
    public static List<WorkspaceRole> ofInbox() {
        return Stream.of(values()).filter(WorkspaceRole::usesInbox).toList();
    }

    /// The value in the API and tables.
    @JsonValue
    public String key() {
        return key;
    }

    public static Optional<WorkspaceRole> of(String key) {
        return Stream.of(values()).filter(role -> role.key.equals(key)).findFirst();
    }
}
