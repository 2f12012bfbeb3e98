package dev.banyan.accounts.plans;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.Limit;
import dev.banyan.platform.config.Settings;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Invariants of every plan that can be bought.
class PlanPropertyTest {

    private static final Plans PLANS = new Plans(Settings.from(Map.of(), new Properties()), Clock.systemUTC());

    @Property
    void aSubAccountNeverWorksAboveItsParentNorAboveTheCeiling(
            @ForAll Tier tier, @ForAll AgencyPermission permission, @ForAll @IntRange(min = 1, max = 99) int tens) {
        var plan = new Plan(tier, Optional.of(permission), Map.of(Pack.TEN, tens));

        assertThat(PLANS.of(plan).subAccountTier()).isLessThanOrEqualTo(tier).isLessThanOrEqualTo(permission.ceiling);
        assertThat(plan.maxSubAccounts()).isEqualTo(new Limit(10L * tens));
    }
}
