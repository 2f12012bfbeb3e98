package dev.banyan.platform.config;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Parse;

/// The operator's settings for plans and sub-accounts. [Setting] explains each.
///
/// @param prices per month, by `pro`, `agency-basic`, `pack-3` and so on; an absent one has no fixed price
public record PlanSettings(
        SubAccountsFor subAccountsFor,
        Quota quota,
        EnterpriseSubAccounts enterpriseSubAccounts,
        Billing billing,
        DefaultPlan defaultPlan,
        Map<String, BigDecimal> prices,
        Currency currency,
        NoticesTo noticesTo) {

    /// Who may have sub-accounts.
    public enum SubAccountsFor {
        ALL,
        ENTERPRISE,
        OFF
    }

    /// Whose usage counts against a limit.
    public enum Quota {
        PER_ACCOUNT,
        SHARED
    }

    /// The tier of an Enterprise account's sub-accounts.
    public enum EnterpriseSubAccounts {
        PREMIUM,
        ENTERPRISE
    }

    /// Whether there are prices, and who changes plans.
    public enum Billing {
        OFF,
        OPERATOR,
        OPEN
    }

    /// Who gets notices about a sub-account.
    public enum NoticesTo implements Keyed {
        PARENT,
        SUBACCOUNT,
        BOTH
    }

    private static final Set<String> PRICED = Set.of(
            "free",
            "pro",
            "premium",
            "enterprise",
            "agency-basic",
            "agency-pro",
            "agency-premium",
            "pack-3",
            "pack-10",
            "pack-25");

    public PlanSettings {
        prices = Map.copyOf(prices);
    }

    static PlanSettings from(SettingSources sources) {
        return new PlanSettings(
                sources.choice(Setting.FEATURES_SUB_ACCOUNTS, SubAccountsFor.class),
                sources.choice(Setting.QUOTA, Quota.class),
                sources.choice(Setting.ENTERPRISE_SUB_ACCOUNTS, EnterpriseSubAccounts.class),
                sources.choice(Setting.BILLING, Billing.class),
                DefaultPlan.of(sources.text(Setting.DEFAULT_PLAN)),
                prices(sources.text(Setting.PRICES)),
                currency(sources.text(Setting.CURRENCY)),
                sources.choice(Setting.NOTIFY, NoticesTo.class));
    }

    /// Returns true if accounts see prices.
    public boolean hasPrices() {
        return billing != Billing.OFF;
    }

    /// Returns the price per month, if there is one.
    public Optional<BigDecimal> price(String of) {
        return Optional.ofNullable(prices.get(of));
    }

    private static Map<String, BigDecimal> prices(String text) {
        var prices = new TreeMap<String, BigDecimal>();
        prices.put("free", BigDecimal.ZERO);
        for (String part : text.split(",", -1)) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length != 2
                    || !PRICED.contains(pair[0].strip())
                    || !pair[1].strip().matches("[0-9]{1,7}([.][0-9]{1,2})?")) {
                throw new InvalidSetting(Setting.PRICES.variable()
                        + " must look like pro=10, pack-3=15.50 (name=amount, separated by commas), not “"
                        + part.strip()
                        + "”");
            }
            prices.put(pair[0].strip(), new BigDecimal(pair[1].strip()));
        }
        return prices;
    }

    private static Currency currency(String text) {
        return Parse.of(text, Currency::getInstance)
                .orElseThrow(() -> new InvalidSetting(
                        Setting.CURRENCY.variable() + " must be three letters such as USD, not “" + text + "”"));
    }
}
