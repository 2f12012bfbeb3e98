package dev.banyan.workspaces;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.banyan.platform.Keyed;

/// The role of a person in their workspace. [Right] says what each may do.
public enum WorkspaceRole implements Keyed {
    ADMIN,
    /// Answers customers in the inbox.
    AGENT,
    /// Has only their own chat and profile. The role of everyone who registers.
    USER;

    public static final String RULE = "Role must be 'admin', 'agent' or 'user'";

    public boolean usesInbox() {
        return Right.USE_INBOX.isOf(this);
    }

    /// The roles with access to the inbox.
    public static List<WorkspaceRole> ofInbox() {
        return Stream.of(values()).filter(WorkspaceRole::usesInbox).toList();
    }

    /// The value in the API and tables.
    @JsonValue
    @Override
    public String key() {
        return Keyed.super.key();
    }

    public static Optional<WorkspaceRole> of(String key) {
        return Keyed.parse(WorkspaceRole.class, key);
    }
}
