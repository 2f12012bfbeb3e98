package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;

/// A person who can log in.
///
/// @param homeAccount the account the person registered, or was first invited to; an operator may have none
/// @param name what members of an account see of each other besides the e-mail; empty until the person gives one
/// @param picture its path, which those who share an account with the person can open
public record Identity(
        IdentityId id,
        String email,
        String passwordHash,
        Optional<AccountId> homeAccount,
        boolean emailConfirmed,
        Optional<String> name,
        Optional<String> picture) {

    /// A person who has not said what they are called.
    public Identity(
            IdentityId id, String email, String passwordHash, Optional<AccountId> homeAccount, boolean emailConfirmed) {
        this(id, email, passwordHash, homeAccount, emailConfirmed, Optional.empty(), Optional.empty());
    }
}
