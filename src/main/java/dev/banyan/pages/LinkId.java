package dev.banyan.pages;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.banyan.platform.Uuids;
import java.util.Optional;
import java.util.UUID;

/// The id of a link.
public record LinkId(UUID value) {

    static LinkId of(String text) {
        return new LinkId(UUID.fromString(text));
    }

    static Optional<LinkId> parse(String text) {
        return Uuids.parse(text).map(LinkId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
