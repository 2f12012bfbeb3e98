package dev.banyan.accounts.plans;

import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Tier;

/// The API error for a feature that a tier doesn't have.
///
/// @param feature as in the contract, such as `linkLocking`
/// @param currentTier the key of the tier that lacks it
public record FeatureFailure(String error, boolean upgradeRequired, String currentTier, String feature) {

    public static FeatureFailure of(Feature feature, Tier current) {
        return new FeatureFailure(sentence(feature, current), true, current.key(), feature.key());
    }

    /// Returns a text such as `Locked links need the Pro plan; this account is on the Free plan`.
    public static String sentence(Feature feature, Tier current) {
        return feature.label + " need the " + Tier.first(feature).label() + " plan; this account is on the "
                + current.label() + " plan";
    }
}
