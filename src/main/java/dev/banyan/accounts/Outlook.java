package dev.banyan.accounts;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a plan would do to a tenant, beside what it costs. Names are display names.
///
/// @param before in force now
/// @param after in force then
/// @param subAccounts that are not deleted
/// @param readOnly those that would turn read-only, or stay it
/// @param until when they are suspended
/// @param suspended at once, because the days of grace are over
/// @param back those that open again
/// @param over what is more than the plan allows, and would be kept and hidden
public record Outlook(
        EffectivePlan before,
        EffectivePlan after,
        int subAccounts,
        List<String> readOnly,
        Optional<Instant> until,
        List<String> suspended,
        List<String> back,
        Over over) {

    /// @param isShared pages and links are those of all accounts together, not of the root account alone
    /// @param brands sub-accounts that have more pages or links than they may
    public record Over(boolean isShared, long pages, long links, long brands) {}

    /// Features of the root account that are gone then.
    public List<Feature> lost() {
        return differ(before.tier(), after.tier());
    }

    public List<Feature> gained() {
        return differ(after.tier(), before.tier());
    }

    private static List<Feature> differ(Tier has, Tier hasNot) {
        return Arrays.stream(Feature.values())
                .filter(feature -> has.has(feature) && !hasNot.has(feature))
                .toList();
    }

    /// Whether the plan has room for fewer sub-accounts than are there.
    public boolean isTooSmall() {
        return subAccounts > after.room();
    }

    /// Whether anything is lost that is there or was bought, so that one asks before doing it.
    public boolean takesAway() {
        return after.tier().compareTo(before.tier()) < 0
                || after.maxSubAccounts() < before.maxSubAccounts()
                || subAccounts > 0 && after.subAccountTier().compareTo(before.subAccountTier()) < 0;
    }
}
