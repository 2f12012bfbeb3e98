package dev.banyan.accounts;

import dev.banyan.platform.AccountId;
import java.time.Instant;
import java.util.UUID;

/// Somebody is asked to work for an account: addressed to an e-mail, whether or not its owner has signed up.
///
/// @param pending false after a refusal
/// @param linkExpiresAt until when somebody without an identity can sign up with the link in the mail
record AccountInvitation(
        UUID id,
        AccountId tenant,
        String email,
        MemberRole role,
        boolean everything,
        boolean pending,
        Instant linkExpiresAt,
        Instant createdAt,
        Instant updatedAt) {

    String state() {
        return pending ? "pending" : "rejected";
    }
}
