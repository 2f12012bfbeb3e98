package dev.banyan.analytics;

/// How a visitor came, as the request says it; nothing of it is kept as it is. Texts are empty where nothing was said.
///
/// @param address the visitor's IP address, behind trusted proxies the one they name
public record Visit(String address, String userAgent, String referrer, String language) {}
