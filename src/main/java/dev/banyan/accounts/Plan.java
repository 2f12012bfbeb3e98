package dev.banyan.accounts;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The plan that a root account has bought.
///
/// @param packs how many of each pack, 1 to 99; other packs are absent
public record Plan(Tier tier, Optional<AgencyPermission> agencyPermission, Map<Pack, Integer> packs) {

    public static final Plan FREE = new Plan(Tier.FREE, Optional.empty(), Map.of());
    public static final int MOST_OF_ONE_PACK = 99;

    public Plan {
        packs = Map.copyOf(packs);
    }

    /// Returns how many sub-accounts the packs give, with or without the permission to use them.
    public int packSize() {
        return packs.entrySet().stream()
                .mapToInt(pack -> pack.getKey().size() * pack.getValue())
                .sum();
    }

    /// Returns the same plan with another tier.
    public Plan with(Tier other) {
        return new Plan(other, agencyPermission, packs);
    }

    /// Returns how many sub-accounts the account may have.
    public int maxSubAccounts() {
        return agencyPermission.isPresent() ? packSize() : 0;
    }

    /// Returns a label such as `10-pack` or `3-pack, 2 x 25-pack`; empty without packs.
    public String packLabel() {
        return packs.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(pack -> (pack.getValue() == 1 ? "" : pack.getValue() + " x ")
                        + pack.getKey().size() + "-pack")
                .collect(Collectors.joining(", "));
    }
}
