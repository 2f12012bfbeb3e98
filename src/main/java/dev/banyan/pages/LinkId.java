package dev.banyan.pages;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.banyan.platform.Uuids;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The id of a link.
@Schema(implementation = String.class, format = "uuid")
public record LinkId(UUID value) {

    /// Where visitors are led on from.
    public static final String WAY = "/go/";

    public static LinkId of(String text) {
        return new LinkId(UUID.fromString(text));
    }

    public static Optional<LinkId> parse(String text) {
        return Uuids.parse(text).map(LinkId::new);
    }

    public String path() {
        return WAY + value;
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
