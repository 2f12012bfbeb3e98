package dev.banyan.accounts.subscription;

import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Pack;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.plans.BillingCycle;

/// A choice that the subscription page shows filled in, in the fields of its form: `&tier=pro&billingCycle=annual`, and
/// with sub-accounts `&agencyPermission=agency-pro&packs3=0&packs10=1&packs25=0`.
final class CheckoutChoice {

    private CheckoutChoice() {}

    /// @param quantity accounts in all; packs for all but the own one, with few to spare
    static String query(Tier tier, BillingCycle cycle, int quantity) {
        String choice = "&tier=" + tier.key() + "&billingCycle=" + cycle.key();
        int subAccounts = quantity - 1;
        if (subAccounts == 0) {
            return choice;
        }
        int of25 = subAccounts / Pack.TWENTY_FIVE.size;
        int rest = subAccounts % Pack.TWENTY_FIVE.size;
        int of10 = rest / Pack.TEN.size;
        rest %= Pack.TEN.size;
        int of3 = rest > 2 * Pack.THREE.size ? 0 : Math.ceilDiv(rest, Pack.THREE.size);
        if (rest > of3 * Pack.THREE.size) {
            of10++; // three packs of three cost more than one of ten
        }
        if (of10 * Pack.TEN.size + of3 * Pack.THREE.size >= Pack.TWENTY_FIVE.size) {
            of25++;
            of10 = 0;
            of3 = 0;
        }
        return choice + "&agencyPermission=" + permissionFor(tier).key() + "&packs3=" + of3 + "&packs10=" + of10
                + "&packs25=" + of25;
    }

    /// Returns the permission whose ceiling lowers the tier of sub-accounts the least.
    private static AgencyPermission permissionFor(Tier tier) {
        return switch (tier) {
            case FREE -> AgencyPermission.BASIC;
            case PRO -> AgencyPermission.PRO;
            case PREMIUM, ENTERPRISE -> AgencyPermission.PREMIUM;
        };
    }
}
