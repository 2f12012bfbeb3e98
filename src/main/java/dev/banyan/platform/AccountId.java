package dev.banyan.platform;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The id of an account: a root account (which is also a tenant) or a sub-account.
@Schema(implementation = String.class, format = "uuid")
public record AccountId(UUID value) {

    /// Stands where a row belongs to the server itself and to no tenant.
    public static final AccountId SERVER = new AccountId(new UUID(0, 0));

    public static AccountId of(String text) {
        return new AccountId(UUID.fromString(text));
    }

    /// Reads an id that somebody sent; anything that is no id is as unknown as an id that does not exist.
    public static Optional<AccountId> parse(String text) {
        return Uuids.parse(text).map(AccountId::new);
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
