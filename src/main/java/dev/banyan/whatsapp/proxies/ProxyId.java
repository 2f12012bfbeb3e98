package dev.banyan.whatsapp.proxies;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.banyan.platform.Uuids;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The id of a proxy. Ids sort by age.
@Schema(implementation = String.class, format = "uuid")
public record ProxyId(UUID value) {

    public static ProxyId of(String text) {
        return new ProxyId(UUID.fromString(text));
    }

    /// Parses an id from a request; text that is not an id is treated like an unknown id.
    public static Optional<ProxyId> parse(String text) {
        return Uuids.parse(text).map(ProxyId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
