package dev.banyan.whatsapp;

import module java.base;

/// What WhatsApp calls a person outside, and the key of all that is kept about that person: the phone number if it is
/// known, or else what one business or one number calls the person (decision 0088).
public sealed interface ContactAddress permits Phone, UserId, HiddenId {

    int SHOWN = 4;

    /// Returns how it is written in the database and in the API. No two addresses are written alike.
    String key();

    /// Returns whether a number can send to it. A phone number is reached by all, other addresses only from where they
    /// were learned.
    ///
    /// @param at the connection of the number; empty for a simulated one
    boolean isReachedBy(SenderId number, Optional<ConnectionId> at);

    default Optional<Phone> phone() {
        return this instanceof Phone phone ? Optional.of(phone) : Optional.empty();
    }

    /// Returns how people see it: the phone number, or the end of what stands for it.
    default String shown() {
        return switch (this) {
            case Phone phone -> phone.e164();
            case UserId user -> hidden(user.id());
            case HiddenId hidden -> hidden(hidden.digits());
        };
    }

    private static String hidden(String id) {
        return "Hidden number …" + id.substring(Math.max(0, id.length() - SHOWN));
    }

    /// Returns how it is written in paths; [#parse] reads it.
    default String inPath() {
        return phone().map(Phone::digits).orElseGet(() -> URLEncoder.encode(key(), StandardCharsets.UTF_8));
    }

    /// Reads what [#key] has written.
    static ContactAddress of(String key) {
        return byKey(key).orElseGet(() -> new Phone(key));
    }

    /// Parses what someone typed: a phone number, or the key of another address.
    static Optional<ContactAddress> parse(String typed) {
        return byKey(typed).or(() -> Phone.parse(typed));
    }

    private static Optional<ContactAddress> byKey(String key) {
        return HiddenId.ofKey(key).<ContactAddress>map(id -> id).or(() -> UserId.ofKey(key));
    }
}
