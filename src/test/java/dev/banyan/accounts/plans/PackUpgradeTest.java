package dev.banyan.accounts.plans;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.Tier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The link to buy more sub-accounts.
class PackUpgradeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, Get a 3-brand pack, packs3=1&packs10=0&packs25=0",
        "1, 0, 0, Upgrade to 10-brand pack, packs3=0&packs10=1&packs25=0",
        "2, 0, 0, Upgrade to 10-brand pack, packs3=1&packs10=1&packs25=0",
        "0, 1, 0, Upgrade to 25-brand pack, packs3=0&packs10=0&packs25=1",
        "1, 2, 0, Upgrade to 25-brand pack, packs3=1&packs10=1&packs25=1",
        "1, 0, 2, Add a 25-brand pack, packs3=1&packs10=0&packs25=3",
    })
    void theBiggestPackBecomesTheNextBiggerOne(int three, int ten, int twentyFive, String label, String packs) {
        var bought = new java.util.EnumMap<Pack, Integer>(Pack.class);
        put(bought, Pack.THREE, three);
        put(bought, Pack.TEN, ten);
        put(bought, Pack.TWENTY_FIVE, twentyFive);
        var upgrade = PackUpgrade.of(new Plan(Tier.PRO, Optional.of(AgencyPermission.PRO), bought), "agency");
        assertThat(upgrade.label()).isEqualTo(label);
        assertThat(upgrade.href()).isEqualTo("/admin/subscription?as=agency&" + packs);
        assertThat(upgrade.permitted()).isTrue();
    }

    private static void put(Map<Pack, Integer> packs, Pack pack, int quantity) {
        if (quantity > 0) {
            packs.put(pack, quantity);
        }
    }

    @Test
    void whoHasNoPermissionIsLedToThem() {
        var upgrade = PackUpgrade.of(new Plan(Tier.PREMIUM, Optional.empty(), Map.of(Pack.TEN, 1)), "agency");
        assertThat(upgrade)
                .isEqualTo(new PackUpgrade("See agency permissions", "/admin/subscription?as=agency", false));
    }
}
