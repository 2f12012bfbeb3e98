package dev.banyan.platform;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The id of an account: a root account (which is also a tenant) or a sub-account.
@Schema(implementation = String.class, format = "uuid")
public record AccountId(UUID value) {

    /// The tenant of rows that belong to the server itself.
    public static final AccountId SERVER = new AccountId(new UUID(0, 0));

    public static AccountId of(String text) {
        return new AccountId(UUID.fromString(text));
    }

    /// Parses an id from a request; text that is not an id is treated like an unknown id.
    public static Optional<AccountId> parse(String text) {
        return Uuids.parse(text).map(AccountId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
