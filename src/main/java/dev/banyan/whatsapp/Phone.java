package dev.banyan.whatsapp;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.PhoneForms;
import dev.banyan.platform.PhoneNumbers;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A phone number of any country, in E.164: a plus and at most fifteen digits.
@Schema(implementation = String.class, example = "+971500000101")
public record Phone(String e164) implements ContactAddress {

    public static final Invalid INVALID = PhoneNumbers.INVALID;

    private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{5,14}");

    /// Parses a typed number: spaces and hyphens are allowed, it starts with `+`, `00` or nothing, and the country code
    /// is required.
    public static Optional<Phone> parse(String typed) {
        return PhoneNumbers.e164(typed).map(Phone::new);
    }

    /// Parses the number of a contact, as [#parse]; contacts are kept under one form of their number.
    public static Optional<Phone> ofContact(String typed) {
        return parse(typed).map(Phone::kept);
    }

    /// Reads the digits by which a gateway calls a contact. They count although no table of numbers knows them: test
    /// numbers, new ranges, and forms of WhatsApp's own.
    public static Optional<Phone> given(String digits) {
        return DIGITS.matcher(digits).matches() ? Optional.of(new Phone("+" + digits)) : Optional.empty();
    }

    /// Returns whether this is a country with phone numbers, ISO 3166: `AE`.
    public static boolean isRegion(String code) {
        return PhoneNumbers.isRegion(code);
    }

    /// Returns the country of the number, ISO 3166; empty for non-geographic numbers.
    public Optional<String> region() {
        return PhoneNumbers.region(e164);
    }

    /// Returns whether this is, or contains, a typed number or part of one: in international form, or as people dial
    /// it in its own country (`050 000 0101`).
    public boolean contains(String typed) {
        return PhoneNumbers.part(typed)
                .filter(part -> digits().contains(part.startsWith("00") ? part.substring(2) : part)
                        || part.startsWith("0") && PhoneNumbers.local(e164).startsWith(part))
                .isPresent();
    }

    /// Returns whether this is what people dial in its own country: `0500000101` for `+971500000101`.
    public boolean isDialled(String typed) {
        return PhoneNumbers.part(typed).filter(PhoneNumbers.local(e164)::equals).isPresent();
    }

    @Override
    public Phone kept() {
        return new Phone(PhoneForms.kept(e164));
    }

    /// Returns whether both are the same number, in any of its forms.
    public boolean isFormOf(Phone other) {
        return kept().equals(other.kept());
    }

    /// Returns all forms of this number, beginning with the one under which its contact is kept.
    public List<Phone> forms() {
        return PhoneForms.of(e164).stream().map(Phone::new).toList();
    }

    /// Returns the digits only, as used in WhatsApp ids and addresses.
    public String digits() {
        return e164.substring(1);
    }

    @Override
    public String key() {
        return e164;
    }

    @Override
    public boolean isReachedBy(SenderId number, Optional<Sender.Remote> at) {
        return true;
    }

    @Override
    @JsonValue
    public String toString() {
        return e164;
    }
}
