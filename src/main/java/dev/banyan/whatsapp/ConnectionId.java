package dev.banyan.whatsapp;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.banyan.platform.Uuids;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The id of a connection to a gateway; also the last part of the address that its webhooks go to.
@Schema(implementation = String.class, format = "uuid")
public record ConnectionId(UUID value) {

    public static ConnectionId of(String text) {
        return new ConnectionId(UUID.fromString(text));
    }

    /// Parses an id from a request; text that is not an id is treated like an unknown id.
    public static Optional<ConnectionId> parse(String text) {
        return Uuids.parse(text).map(ConnectionId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
