package dev.banyan.whatsapp;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The id of a sender: a name chosen by an operator (`amira-nasser`), `servant-` and milliseconds, or `wa_` and digits.
/// Unique within its account, so that only with the account ([SenderKey]) it names one sender; case-sensitive.
@Schema(implementation = String.class)
public record SenderId(String value) {

    public static final String RULE =
            "Use 1 to 60 letters, digits, dots, hyphens or underscores, beginning with a letter or digit.";

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,59}");
    private static final Pattern GENERATED = Pattern.compile("(servant-|wa_)?[0-9]{10,}");

    public SenderId {
        if (!isId(value)) {
            throw new IllegalArgumentException("No id of a sender");
        }
    }

    /// Parses a typed id. Text that can't be an id gives empty, so it is treated like an unknown id.
    public static Optional<SenderId> parse(String text) {
        return isId(text) ? Optional.of(new SenderId(text)) : Optional.empty();
    }

    /// Returns whether this was generated, here or at a gateway, so that it says nothing to people.
    static boolean isGenerated(String text) {
        return GENERATED.matcher(text).matches();
    }

    private static boolean isId(String text) {
        return ALLOWED.matcher(text).matches();
    }

    @Override
    @JsonValue
    public String toString() {
        return value;
    }
}
