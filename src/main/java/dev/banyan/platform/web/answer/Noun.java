package dev.banyan.platform.web.answer;

import module java.base;

/// What a thing is called where an act on it is refused.
///
/// @param name in the singular, with a capital: `Webhook`
/// @param many in the plural: `webhooks`
/// @param whyNotSupport why people who help for a while can't do it, as a sentence
public record Noun(String name, String many, String whyNotSupport) {

    /// For acts that no missing thing refuses.
    static final Noun NONE = of("Page");

    /// Returns a noun whose acts neither a plan nor a right refuses.
    public static Noun of(String name) {
        return new Noun(name, name.toLowerCase(Locale.ROOT) + "s", "Support can’t do this.");
    }
}
