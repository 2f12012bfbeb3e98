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
    /// @param at where the number is; empty for a simulated one
    boolean isReachedBy(SenderId number, Optional<Sender.Remote> at);

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

    /// The business towards which Meta calls a person so.
    sealed interface Business {

        /// Returns how it is written behind the id.
        String key();

        /// Meta’s business portfolio: all its numbers know a person by one id, whichever connection they are at.
        record Portfolio(String id) implements Business {

            private static final Pattern ID = Pattern.compile("[0-9]{1,30}");

            public static Optional<Portfolio> parse(String id) {
                return ID.matcher(id).matches() ? Optional.of(new Portfolio(id)) : Optional.empty();
            }

            @Override
            public String key() {
                return "portfolio:" + id;
            }
        }

        /// A connection whose portfolio isn’t known.
        record At(ConnectionId connection) implements Business {
            @Override
            public String key() {
                return connection.toString();
            }
        }
    }

    /// What Meta calls a person towards one business, whether or not it tells the phone number: as a rule a country, a
    /// dot, letters and digits. Another business has another id for the same person. Its key is
    /// `AE.13491208655302741918@portfolio:200000000000001`, or, as long as the portfolio isn’t known,
    /// `AE.13491208655302741918@01a2aca9-4869-7000-86a7-473de1b4aa41`, after the connection.
    ///
    /// @param id such as `AE.13491208655302741918`
    record UserId(String id, Business business) implements ContactAddress {

        /// With a portfolio behind it, a key has at most 180 characters.
        private static final String ID = "(?![0-9]+(?:@|$))[A-Za-z0-9][A-Za-z0-9._-]{0,138}";

        private static final Pattern WHOLE = Pattern.compile(ID);
        private static final Pattern KEY = Pattern.compile("(" + ID + ")@(?:portfolio:([0-9]{1,30})|([0-9a-f-]{36}))");

        public UserId(String id, ConnectionId connection) {
            this(id, new Business.At(connection));
        }

        /// Returns whether a text can be what Meta calls a person, and is no phone number.
        public static boolean isId(String text) {
            return WHOLE.matcher(text).matches();
        }

        /// Returns what another business calls the person, which turned out to be the same business.
        public UserId towards(Business other) {
            return new UserId(id, other);
        }

        static Optional<UserId> ofKey(String key) {
            Matcher found = KEY.matcher(key);
            if (!found.matches()) {
                return Optional.empty();
            }
            Optional<Business> business = Optional.ofNullable(found.group(2))
                    .<Business>map(Business.Portfolio::new)
                    .or(() -> ConnectionId.parse(found.group(3)).map(Business.At::new));
            return business.map(known -> new UserId(found.group(1), known));
        }

        @Override
        public String key() {
            return id + "@" + business.key();
        }

        @Override
        public boolean isReachedBy(SenderId number, Optional<Sender.Remote> at) {
            return at.filter(remote -> switch (business) {
                        case Business.Portfolio(String portfolio) ->
                            remote.portfolio().equals(Optional.of(portfolio));
                        case Business.At(ConnectionId connection) ->
                            remote.connection().equals(connection);
                    })
                    .isPresent();
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
        public boolean isReachedBy(SenderId sender, Optional<Sender.Remote> at) {
            return sender.equals(number);
        }

        @Override
        @JsonValue
        public String toString() {
            return key();
        }
    }
}
