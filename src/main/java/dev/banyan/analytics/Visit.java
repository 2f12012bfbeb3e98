package dev.banyan.analytics;

/// The visitor's details as in the request; none of them are stored unchanged. Texts are empty if missing.
///
/// @param address the visitor's IP address; behind trusted proxies the one they report
/// @param campaign what the address says that was opened
public record Visit(String address, String userAgent, String referrer, String language, UtmFields utm) {

    public Visit(String address, String userAgent, String referrer, String language) {
        this(address, userAgent, referrer, language, UtmFields.NONE);
    }
}
