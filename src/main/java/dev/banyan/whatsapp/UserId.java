package dev.banyan.whatsapp;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;

/// What Meta calls a person towards one business, whether or not it tells the phone number: a country, a dot, letters
/// and digits. Another business has another id for the same person. Its key is
/// `AE.13491208655302741918@01a2aca9-4869-7000-86a7-473de1b4aa41`.
///
/// @param id such as `AE.13491208655302741918`
/// @param connection to the business
public record UserId(String id, ConnectionId connection) implements ContactAddress {

    private static final Pattern KEY = Pattern.compile("([A-Z]{2}\\.[A-Za-z0-9.]{1,131})@([0-9a-f-]{36})");

    static Optional<UserId> ofKey(String key) {
        Matcher found = KEY.matcher(key);
        return found.matches()
                ? ConnectionId.parse(found.group(2)).map(connection -> new UserId(found.group(1), connection))
                : Optional.empty();
    }

    @Override
    public String key() {
        return id + "@" + connection;
    }

    @Override
    public boolean isReachedBy(SenderId number, Optional<ConnectionId> at) {
        return at.equals(Optional.of(connection));
    }

    @Override
    @JsonValue
    public String toString() {
        return key();
    }
}
