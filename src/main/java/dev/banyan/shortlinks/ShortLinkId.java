package dev.banyan.shortlinks;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.banyan.platform.Uuids;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The id of a short link. Ids sort by age.
@Schema(implementation = String.class, format = "uuid")
public record ShortLinkId(UUID value) {

    public static ShortLinkId of(String text) {
        return new ShortLinkId(UUID.fromString(text));
    }

    static Optional<ShortLinkId> parse(String text) {
        return Uuids.parse(text).map(ShortLinkId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
