package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.fields.Kind;

/// What a pool does with a message when it is unknown whether it was sent (design 7).
public enum UncertainPolicy implements Keyed {
    /// The message waits for a person to decide.
    ASK,
    /// The message is sent again; the contact may get it twice.
    RESEND;

    public static final Kind<UncertainPolicy> KIND =
            Kind.text(UncertainPolicy::parse, UncertainPolicy::key, "must be ask or resend");

    /// What a form says of another value.
    public static final String CHOOSE = "Choose Ask or Resend";

    public static Optional<UncertainPolicy> parse(String key) {
        return Keyed.parse(UncertainPolicy.class, key);
    }
}
