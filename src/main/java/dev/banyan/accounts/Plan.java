package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.Limit;

/// The plan that a root account has bought.
///
/// @param packs how many of each pack, 1 to 99; other packs are absent
/// @param unlimited whether nothing is limited, whatever the tier and the packs say: the plan of the person who runs
///     the server
public record Plan(
        Tier tier, Optional<AgencyPermission> agencyPermission, Map<Pack, Integer> packs, boolean unlimited) {

    public static final Plan FREE = new Plan(Tier.FREE, Optional.empty(), Map.of());
    /// The highest tier, agency permission and pack, and no limits.
    public static final Plan UNLIMITED =
            new Plan(Tier.ENTERPRISE, Optional.of(AgencyPermission.PREMIUM), Map.of(Pack.TWENTY_FIVE, 1), true);

    public static final int MOST_OF_ONE_PACK = 99;

    public Plan {
        packs = Map.copyOf(packs);
    }

    /// Builds a plan with limits.
    public Plan(Tier tier, Optional<AgencyPermission> agencyPermission, Map<Pack, Integer> packs) {
        this(tier, agencyPermission, packs, false);
    }

    /// Returns how many sub-accounts the packs give, with or without the permission to use them.
    public Limit packSize() {
        return unlimited
                ? Limit.UNLIMITED
                : new Limit(packs.entrySet().stream()
                        .mapToLong(pack -> (long) pack.getKey().size * pack.getValue())
                        .sum());
    }

    /// Returns the same plan with another tier; limits apply from then on.
    public Plan with(Tier other) {
        return new Plan(other, agencyPermission, packs);
    }

    public Limit maxSubAccounts() {
        return unlimited || agencyPermission.isPresent() ? packSize() : Limit.ZERO;
    }

    /// Returns a label such as `10-pack` or `3-pack, 2 x 25-pack`; empty without packs.
    public String packLabel() {
        if (unlimited) {
            return "unlimited";
        }
        return packs.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(pack -> (pack.getValue() == 1 ? "" : pack.getValue() + " x ") + pack.getKey().size + "-pack")
                .collect(Collectors.joining(", "));
    }
}
