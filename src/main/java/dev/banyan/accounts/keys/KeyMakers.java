package dev.banyan.accounts.keys;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Tx;

/// Knows whether members are still let in where they sign in: a key doesn't outlive that for long. Single sign-on
/// implements it.
public interface KeyMakers {

    /// How long a key outlives that the sign-in provider of its maker refuses them. Sessions last as long.
    Duration MISSING = Duration.ofDays(30);

    /// Returns the name of the account's sign-in provider, if it said that this member may not be in, or has refused
    /// them for so long. A provider also refuses people whose session there is over, so what they gave to others
    /// outlives that for a time.
    Optional<String> refusedBy(Tx tx, AccountId tenant, IdentityId member, Duration since);
}
