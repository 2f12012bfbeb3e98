package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.whatsapp.MessageBody;

/// The rules that many fields of a message share.
final class Rule {

    /// A field that breaks a rule.
    static final class Broken extends Exception {

        private final transient Invalid invalid;

        private Broken(Invalid invalid) {
            super(invalid.apiMessage());
            this.invalid = invalid;
        }

        Invalid invalid() {
            return invalid;
        }
    }

    private Rule() {}

    static Broken broken(String field, String error) {
        return new Broken(new Invalid(field, error));
    }

    static <T> T required(String field, Optional<T> value) throws Broken {
        return value.orElseThrow(() -> broken(field, field + " is required"));
    }

    static String text(String field, Optional<String> value, int longest) throws Broken {
        String text = optional(field, value, longest);
        if (text.isEmpty()) {
            throw broken(field, field + " is required");
        }
        return text;
    }

    /// Returns the text, or an empty one if it is absent.
    static String optional(String field, Optional<String> value, int longest) throws Broken {
        String text = value.orElse("").strip();
        int length = text.codePointCount(0, text.length());
        if (length > longest) {
            throw broken(field, field + " must be " + longest + " characters or fewer (now " + length + ")");
        }
        if (!MessageBody.tamed(text, longest).equals(text)) {
            throw broken(field, field + " must not contain control characters");
        }
        return text;
    }
}
