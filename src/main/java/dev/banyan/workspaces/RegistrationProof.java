package dev.banyan.workspaces;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;

/// What a project requires before a registration in one of its workspaces counts.
public enum RegistrationProof {
    NONE("none", "None"),
    EMAIL("email", "Email confirmation"),
    APPROVAL("approval", "Admin approval");

    private final String key;
    private final String label;

    RegistrationProof(String key, String label) {
        this.key = key;
        this.label = label;
    }

    /// The value in the API and tables.
    @JsonValue
    public String key() {
        return key;
    }

    public String label() {
        return label;
    }

    public static Optional<RegistrationProof> of(String key) {
        return Stream.of(values()).filter(proof -> proof.key.equals(key)).findFirst();
    }
}
