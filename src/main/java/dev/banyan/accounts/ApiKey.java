package dev.banyan.accounts;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a program shows to act for a root account. Its text, `ltm_<id>_<secret>`, is known to whoever made it and to
/// nobody else.
///
/// @param permissions words of the LinkToMe contract (3.3)
/// @param madeBy who answers for it: who made it, or switched it on again. It never does more than they may do now
/// @param disabledReason why it does not open anything, if so
/// @param lastUsedIp shortened, so that it names a network and no person
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
        Optional<String> lastUsedIp) {

    public static final String BY_OWNER = "Disabled by the account owner";
    public static final String MAKER_GONE = "Its maker does not work for the account any more";
    public static final String MAKER_NO_OWNER = "Its maker does not own the account any more";
    public static final String DOWNGRADED = "Subscription downgraded";

    /// As it is where the plan holds only older keys than this one.
    public ApiKey downgraded() {
        return active
                ? new ApiKey(
                        id,
                        account,
                        name,
                        permissions,
                        false,
                        Optional.of(DOWNGRADED),
                        madeBy,
                        createdAt,
                        lastUsedAt,
                        lastUsedIp)
                : this;
    }
}
