package dev.banyan.whatsapp;

import module java.base;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What WhatsApp calls a person outside, and the key of all that is kept about that person: the phone number if it is
/// known, or else what one business or one number calls the person (decision 0088).
@Schema(implementation = String.class)
public sealed interface ContactAddress permits Phone, ContactAddress.UserId, ContactAddress.HiddenId {

    int SHOWN = 4;

    /// Returns how it is written in the database and in the API. No two addresses are written alike.
    String key();

    /// Returns whether a number can send to it. A phone number is reached by all, other addresses only from where they
    /// were learned.
    ///
    /// @param at the connection of the number; empty for a simulated one
    boolean isReachedBy(SenderId number, Optional<ConnectionId> at);

    /// Returns the address under which the contact is kept, of the forms in which this one is written (decision 0089).
    default ContactAddress kept() {
        return this;
    }

    /// Returns the digits of all forms of the number, with spaces between them, for searches; empty if it is hidden.
    default String dialled() {
        return phone().map(phone -> phone.forms().stream().map(Phone::digits).collect(Collectors.joining(" ")))
                .orElse("");
    }

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
    @JsonCreator
    static ContactAddress of(String key) {
        return byKey(key).orElseGet(() -> new Phone(key));
    }

    /// Parses what someone typed: a phone number in any of its forms, or the key of another address.
    static Optional<ContactAddress> parse(String typed) {
        return byKey(typed).or(() -> Phone.ofContact(typed));
    }

    /// Reads a phone number that no table of numbers knows, but from which a contact may have written all the same.
    static Optional<Phone> given(String typed) {
        String text = typed.strip();
        return Phone.given(text.startsWith("+") ? text.substring(1) : text);
    }

    private static Optional<ContactAddress> byKey(String key) {
        return HiddenId.ofKey(key).<ContactAddress>map(id -> id).or(() -> UserId.ofKey(key));
    }

    /// What Meta calls a person towards one business, whether or not it tells the phone number: a country, a dot,
    /// letters and digits. Another business has another id for the same person. Its key is
    /// `AE.13491208655302741918@01a2aca9-4869-7000-86a7-473de1b4aa41`.
    ///
    /// @param id such as `AE.13491208655302741918`
    /// @param connection to the business
    record UserId(String id, ConnectionId connection) implements ContactAddress {

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

    /// A person who hides the phone number from a number linked by QR code: WhatsApp’s hidden id (LID), as that number
    /// has learned it. Its key is `200000000000101@lid:shop-1`.
    ///
    /// @param digits of the id; they are no phone number
    /// @param number the one that has learned it
    record HiddenId(String digits, SenderId number) implements ContactAddress {

        private static final Pattern KEY = Pattern.compile("([0-9]{1,25})@lid:(.{1,60})");

        static Optional<HiddenId> ofKey(String key) {
            Matcher found = KEY.matcher(key);
            return found.matches()
                    ? SenderId.parse(found.group(2)).map(number -> new HiddenId(found.group(1), number))
                    : Optional.empty();
        }

        /// Returns how gateways write it: `200000000000101@lid`.
        public String chat() {
            return digits + "@lid";
        }

        @Override
        public String key() {
            return chat() + ":" + number.value();
        }

        @Override
        public boolean isReachedBy(SenderId sender, Optional<ConnectionId> at) {
            return sender.equals(number);
        }

        @Override
        @JsonValue
        public String toString() {
            return key();
        }
    }
}
