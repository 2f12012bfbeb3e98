package dev.banyan.workspaces;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The role of a person in their workspace. [Right] says what each may do.
public enum WorkspaceRole {
    ADMIN("admin"),
    /// Answers customers in the inbox.
    AGENT("agent"),
    /// Has their own chat and profile, and nothing else. Everyone who registers is one.
    USER("user");

    public static final String RULE = "Role must be 'admin', 'agent' or 'user'";

    private final String key;

    WorkspaceRole(String key) {
        this.key = key;
    }

    public boolean usesInbox() {
        return Right.USE_INBOX.isOf(this);
    }

    /// Those who answer customers.
    public static List<WorkspaceRole> ofInbox() {
        return Stream.of(values()).filter(WorkspaceRole::usesInbox).toList();
    }

    /// As the API and the tables write it.
    @JsonValue
    public String key() {
        return key;
    }

    public static Optional<WorkspaceRole> of(String key) {
        return Stream.of(values()).filter(role -> role.key.equals(key)).findFirst();
    }
}
