package dev.banyan.accounts.subscription;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.plans.BillingCycle;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What a plan would change, for programs.
///
/// @param message present only if something was changed: the client shows it
/// @param amountBefore the current price for the period of `billingCycle`; absent if there is no price
/// @param readOnly usernames of sub-accounts that would be read-only until `suspendedAt`
/// @param comesBack usernames of sub-accounts that get back what they had
/// @param flagged accounts with more pages or links than there is room for; they are kept and not shown
/// @param domains custom domains that would be served until `domainsUntil` only
@JsonInclude(Include.NON_ABSENT)
record PreviewView(
        Optional<String> message,
        @Schema(implementation = Tier.class) String currentTier,
        @Schema(implementation = Tier.class) String targetTier,
        @Schema(implementation = BillingCycle.class) String billingCycle,
        Optional<BigDecimal> amountBefore,
        Optional<BigDecimal> amountAfter,
        String currency,
        int subAccountLimit,
        List<String> readOnly,
        Optional<Instant> suspendedAt,
        List<String> suspended,
        List<String> comesBack,
        List<FlaggedView> flagged,
        List<String> featuresLost,
        List<String> featuresGained,
        Map<String, Long> limits,
        List<String> domains,
        Optional<Instant> domainsUntil) {

    record FlaggedView(String username, long pages, long links) {}

    private static final int ACCOUNTS = 1_000;

    static PreviewView of(PlanPreview preview, Optional<String> message) {
        return new PreviewView(
                message,
                preview.before().tier().key(),
                preview.plan().tier().key(),
                preview.priceAfter().cycle().key(),
                preview.priceBefore().amount(),
                preview.priceAfter().amount(),
                preview.priceAfter().currency().getCurrencyCode(),
                (int) preview.after().subAccountLimit().number(),
                SubscriptionView.usernames(preview.readOnly()),
                preview.suspendedAt(),
                SubscriptionView.usernames(preview.suspended()),
                SubscriptionView.usernames(preview.comesBack()),
                preview.flagged().stream()
                        .limit(ACCOUNTS)
                        .map(account -> new FlaggedView(account.username(), account.pages(), account.links()))
                        .toList(),
                keys(preview.lost()),
                keys(preview.gained()),
                SubscriptionView.limits(preview.after().tier()),
                preview.domains().stream().limit(ACCOUNTS).toList(),
                preview.domainsUntil());
    }

    private static List<String> keys(Collection<Feature> features) {
        return features.stream().map(Feature::key).toList();
    }
}
