package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.AccountId;

/// Selects root accounts for operators; an empty field matches all.
///
/// @param search words of names, the beginning of an e-mail, or an id
public record RootQuery(String search, Optional<Tier> tier, Optional<AccountStatus> status, Optional<AccountId> after) {

    public static RootQuery all(String search, Optional<AccountId> after) {
        return new RootQuery(search, Optional.empty(), Optional.empty(), after);
    }
}
