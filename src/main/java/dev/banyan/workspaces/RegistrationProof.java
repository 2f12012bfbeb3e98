package dev.banyan.workspaces;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.banyan.platform.Keyed;

/// What a project requires before a registration in one of its workspaces counts.
public enum RegistrationProof implements Keyed {
    NONE("None"),
    EMAIL("Email confirmation"),
    APPROVAL("Admin approval");

    public final String label;

    RegistrationProof(String label) {
        this.label = label;
    }

    /// The value in the API and tables.
    @JsonValue
    @Override
    public String key() {
        return Keyed.super.key();
    }

    public static Optional<RegistrationProof> of(String key) {
        return Keyed.parse(RegistrationProof.class, key);
    }
}
