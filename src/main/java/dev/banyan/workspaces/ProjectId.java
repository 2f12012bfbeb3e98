package dev.banyan.workspaces;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.banyan.platform.Uuids;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A project's id; clients treat it as an opaque string.
@Schema(implementation = String.class, format = "uuid")
public record ProjectId(UUID value) {

    public static ProjectId of(String text) {
        return new ProjectId(UUID.fromString(text));
    }

    /// Parses an id from a request; a malformed id counts as one that doesn't exist.
    public static Optional<ProjectId> parse(String text) {
        return Uuids.parse(text).map(ProjectId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
