package dev.banyan.platform;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// The id of a person who can log in.
public record IdentityId(UUID value) {

    public static IdentityId of(String text) {
        return new IdentityId(UUID.fromString(text));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
