package dev.banyan.accounts.plans;

import module java.base;
import dev.banyan.accounts.plans.PlanPrices.Line;
import dev.banyan.accounts.plans.PlanPrices.Price;

/// Formats prices for our pages.
public final class PriceText {

    private static final String NO_PRICE = "Ask us";

    private PriceText() {}

    /// Formats an amount: "$85", "$15.50", "AED 40".
    public static String text(BigDecimal amount, Currency currency) {
        NumberFormat format = NumberFormat.getCurrencyInstance(Locale.US);
        format.setCurrency(currency);
        int digits = amount.stripTrailingZeros().scale() <= 0 ? 0 : Math.max(2, currency.getDefaultFractionDigits());
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(amount);
    }

    public static String text(Optional<BigDecimal> amount, Currency currency) {
        return amount.map(known -> text(known, currency)).orElse(NO_PRICE);
    }

    /// Formats a total: "$85 a month".
    public static String total(Price price) {
        return price.amount()
                .map(sum -> text(sum, price.currency())
                        + switch (price.cycle()) {
                            case MONTHLY -> " a month";
                            case ANNUAL -> " a year";
                        })
                .orElse("a price on request");
    }

    /// Formats a line's label: "10-pack" or "2 × 25-pack".
    public static String label(Line line) {
        return line.quantity() == 1 ? line.label() : line.quantity() + " × " + line.label();
    }
}
