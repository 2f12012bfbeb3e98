package dev.banyan.workspaces;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.stream.Stream;

/// What somebody is in their workspace. [Right] says what each may do.
public enum WorkspaceRole {
    ADMIN("admin"),
    USER("user");

    private final String key;

    WorkspaceRole(String key) {
        this.key = key;
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
