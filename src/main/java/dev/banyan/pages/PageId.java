package dev.banyan.pages;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.banyan.platform.Uuids;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The id of a page.
@Schema(implementation = String.class, format = "uuid")
public record PageId(UUID value) {

    public static PageId of(String text) {
        return new PageId(UUID.fromString(text));
    }

    public static Optional<PageId> parse(String text) {
        return Uuids.parse(text).map(PageId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
