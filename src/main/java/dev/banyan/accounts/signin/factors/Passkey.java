package dev.banyan.accounts.signin.factors;

import module java.base;
import dev.banyan.platform.IdentityId;

/// A key on a person's device, as the server knows it.
///
/// @param credentialId the device's id for it, in base64url
/// @param publicKey in COSE, in base64url
/// @param signCount how often the device says it was used; 0 if it does not count
/// @param transports how a browser reaches the device, such as `internal` or `usb`
public record Passkey(
        String credentialId,
        IdentityId identity,
        String name,
        String publicKey,
        long signCount,
        List<String> transports,
        Instant createdAt,
        Optional<Instant> usedAt) {}
