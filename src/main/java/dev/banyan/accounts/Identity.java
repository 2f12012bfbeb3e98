package dev.banyan.accounts;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import java.util.Optional;

/// A person who can log in.
///
/// @param homeAccount the account the person registered, or was first invited to; an operator may have none
public record Identity(
        IdentityId id, String email, String passwordHash, Optional<AccountId> homeAccount, boolean emailConfirmed) {}
