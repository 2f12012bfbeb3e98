package dev.banyan.whatsapp;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.PhoneNumbers;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A phone number of any country, in E.164: a plus and at most fifteen digits.
@Schema(implementation = String.class, example = "+971500000101")
public record Phone(String e164) {

    public static final Invalid INVALID = PhoneNumbers.INVALID;

    /// Parses a typed number: spaces and hyphens are allowed, it starts with `+`, `00` or nothing, and the country code
    /// is required.
    public static Optional<Phone> parse(String typed) {
        return PhoneNumbers.e164(typed).map(Phone::new);
    }

    /// Returns whether this is a country with phone numbers, ISO 3166: `AE`.
    public static boolean isRegion(String code) {
        return PhoneNumbers.isRegion(code);
    }

    /// Returns the country of the number, ISO 3166; empty for non-geographic numbers.
    public Optional<String> region() {
        return PhoneNumbers.region(e164);
    }

    /// Returns the digits only, as used in WhatsApp ids and addresses.
    public String digits() {
        return e164.substring(1);
    }

    @Override
    @JsonValue
    public String toString() {
        return e164;
    }
}
