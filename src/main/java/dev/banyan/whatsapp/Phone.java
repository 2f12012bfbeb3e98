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

    /// Reads what somebody typed: with spaces or hyphens, after `+`, `00` or nothing, but with the country's code.
    public static Optional<Phone> parse(String typed) {
        return PhoneNumbers.e164(typed).map(Phone::new);
    }

    /// Whether this is a country that has phone numbers, ISO 3166: `AE`.
    public static boolean isRegion(String code) {
        return PhoneNumbers.isRegion(code);
    }

    /// The country that it belongs to, ISO 3166; empty for numbers of no country.
    public Optional<String> region() {
        return PhoneNumbers.region(e164);
    }

    /// The digits alone, as ids and addresses of WhatsApp carry them.
    public String digits() {
        return e164.substring(1);
    }

    @Override
    @JsonValue
    public String toString() {
        return e164;
    }
}
