package dev.banyan.platform;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;

/// The id of a person who can log in.
public record IdentityId(UUID value) {

    public static IdentityId of(String text) {
        return new IdentityId(UUID.fromString(text));
    }

    /// Parses an id from a request; text that is not an id is treated like an unknown id.
    public static Optional<IdentityId> parse(String text) {
        return Uuids.parse(text).map(IdentityId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
