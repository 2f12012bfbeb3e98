package dev.banyan.platform.web.answer;

/// What a thing is called where an act on it is refused.
///
/// @param name in the singular, with a capital: `Webhook`
/// @param many in the plural: `webhooks`
/// @param whyNotSupport why people who help for a while can't do it, as a sentence
public record Noun(String name, String many, String whyNotSupport) {}
