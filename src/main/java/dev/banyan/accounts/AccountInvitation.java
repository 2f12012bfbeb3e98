package dev.banyan.accounts;

import dev.banyan.platform.AccountId;
import java.time.Instant;
import java.util.UUID;

/// Somebody is asked to work for an account: addressed to an e-mail, whether or not its owner has signed up.
///
/// @param workspaces whether a manager is to have them, too
/// @param pending false after a refusal
/// @param linkExpiresAt until when somebody without an identity can sign up with the link in the mail
public record AccountInvitation(
        UUID id,
        AccountId tenant,
        String email,
        MemberRole role,
        boolean everything,
        boolean workspaces,
        boolean pending,
        Instant linkExpiresAt,
        Instant createdAt,
        Instant updatedAt) {

    public MemberRights rights(MemberScope scope) {
        return new MemberRights(role, scope, workspaces);
    }

    /// As what the person would act.
    public Membership membership() {
        return new Membership(role, everything, workspaces);
    }

    public String state() {
        return pending ? "pending" : "rejected";
    }
}
