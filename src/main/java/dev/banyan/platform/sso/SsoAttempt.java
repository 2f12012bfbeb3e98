package dev.banyan.platform.sso;

import module java.base;

/// A sign-in that is on its way through a provider.
///
/// @param stateHash digest of what comes back with it
/// @param browserHash digest of the cookie of the browser that began it
/// @param sealedSecrets what its answer must hold, or what the provider has proved
public record SsoAttempt(String stateHash, String browserHash, String sealedSecrets, Instant expiresAt) {}
