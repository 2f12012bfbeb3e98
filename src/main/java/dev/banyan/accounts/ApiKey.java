package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.KeyLimits;

/// A key that a program uses to act for a root account. Its text, `ltm_<id>_<secret>`, is known only to the person who
/// created it.
///
/// @param permissions words of the LinkToMe contract (3.3)
/// @param madeBy the person responsible for the key: its creator, or the person who last enabled it. The key never does
///     more than that person may currently do
/// @param disabledReason why the key is disabled, if it is
/// @param lastUsedIp shortened, so that it identifies a network and not a person
/// @param limits what it was narrowed to when it was made; they never change
/// @param test whether its messages are tests, which reach no one; that never changes either
public record ApiKey(
        String id,
        AccountId account,
        String name,
        List<String> permissions,
        boolean active,
        Optional<String> disabledReason,
        IdentityId madeBy,
        Instant createdAt,
        Optional<Instant> lastUsedAt,
        Optional<String> lastUsedIp,
        KeyLimits limits,
        boolean test) {

    public static final String BY_OWNER = "Disabled by the account owner";
    public static final String MAKER_GONE = "Its maker does not work for the account any more";
    /// The reason if the sign-in provider of its maker, which it names, doesn't let them in.
    public static final String MAKER_REFUSED = "Its maker must sign in with %s again";
    public static final String MAKER_NO_OWNER = "Its maker does not own the account any more";
    public static final String DOWNGRADED = "Subscription downgraded";
    public static final String EXPIRED = "It has expired";

    /// Returns how many requests it may make in a minute.
    public long perMinute(Tier tier) {
        return limits.perMinute()
                .map(own -> Math.min(own, tier.apiRequestsPerMinute))
                .orElse(tier.apiRequestsPerMinute);
    }

    /// Returns the key disabled by something else than a person: a plan that has room for older keys only, or its end.
    public ApiKey off(String reason) {
        return active
                ? new ApiKey(
                        id,
                        account,
                        name,
                        permissions,
                        false,
                        Optional.of(reason),
                        madeBy,
                        createdAt,
                        lastUsedAt,
                        lastUsedIp,
                        limits,
                        test)
                : this;
    }
}
