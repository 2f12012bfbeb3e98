package dev.banyan.accounts;

import module java.base;

/// A session as its owner sees it.
///
/// @param id the digest of the token, which cannot be used to sign in
/// @param usedAt to the hour
public record OpenSession(String id, String userAgent, String network, Instant since, Instant usedAt) {}
