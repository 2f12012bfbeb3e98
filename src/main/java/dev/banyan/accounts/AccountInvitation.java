package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.AccountId;

/// An invitation to work for an account. It is addressed to an e-mail, whether or not the owner of that e-mail has
/// signed up.
///
/// @param membership the membership that the person would get
/// @param pending false after a refusal
/// @param linkExpiresAt until when a person without an identity can sign up with the link in the mail
/// @param linkShown whether the person who invites has seen the link, so that opening it proves nothing about the
///     e-mail
public record AccountInvitation(
        UUID id,
        AccountId tenant,
        String email,
        Membership membership,
        boolean pending,
        Instant linkExpiresAt,
        Instant createdAt,
        Instant updatedAt,
        boolean linkShown) {

    public MemberRights rights(MemberScope scope) {
        return new MemberRights(membership.role(), scope, membership.workspaces(), membership.readOnly());
    }

    public String state() {
        return pending ? "pending" : "rejected";
    }
}
