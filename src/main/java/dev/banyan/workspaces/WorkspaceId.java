package dev.banyan.workspaces;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The id of a workspace: `scl_{milliseconds}_{9 of [a-z0-9]}` (sub-client seed, design 6). It starts with the creation
/// time, so the id alone is enough to page lists.
@Schema(implementation = String.class, example = "scl_1704067200000_a1b2c3d4e")
public record WorkspaceId(@JsonValue String value) {

    private static final Pattern WRITTEN = Pattern.compile("scl_[0-9]{13}_[a-z0-9]{9}");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int RANDOM_LETTERS = 9;
    private static final SecureRandom RANDOM = new SecureRandom();

    public static WorkspaceId next(Instant now) {
        var id = new StringBuilder("scl_").append(now.toEpochMilli()).append('_');
        RANDOM.ints(RANDOM_LETTERS, 0, LETTERS.length()).forEach(letter -> id.append(LETTERS.charAt(letter)));
        return new WorkspaceId(id.toString());
    }

    /// Parses an id from a request; a malformed id counts as one that doesn't exist.
    public static Optional<WorkspaceId> parse(String text) {
        return WRITTEN.matcher(text).matches() ? Optional.of(new WorkspaceId(text)) : Optional.empty();
    }

    /// The creation time, to the millisecond.
    Instant createdAt() {
        return Instant.ofEpochMilli(Long.parseLong(value.substring(4, 17)));
    }

    @Override
    public String toString() {
        return value;
    }
}
