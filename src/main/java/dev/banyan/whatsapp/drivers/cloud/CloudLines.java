package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;

/// Writes the products of an order in lines that people read.
final class CloudLines {

    /// Some write numbers as texts.
    private static final Pattern PLAIN = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,6})?");

    private CloudLines() {}

    /// Returns a line for each product, and the total if all have a price in one currency.
    static String ofOrder(JsonNode order) {
        List<JsonNode> items = order.path("product_items").valueStream().toList();
        var lines = new ArrayList<String>();
        lines.add("Order of " + items.size() + (items.size() == 1 ? " product" : " products"));
        items.forEach(item -> lines.add(line(item)));
        Set<String> currencies =
                items.stream().map(item -> GraphJson.text(item, "currency")).collect(Collectors.toSet());
        if (items.size() > 1 && currencies.size() == 1 && items.stream().allMatch(CloudLines::hasPrice)) {
            lines.add("Total: "
                    + price(
                            items.stream()
                                    .map(item ->
                                            decimal(item.path("item_price")).multiply(decimal(item.path("quantity"))))
                                    .reduce(BigDecimal.ZERO, BigDecimal::add),
                            currencies.iterator().next()));
        }
        Optional.of(GraphJson.text(order, "text"))
                .filter(text -> !text.isBlank())
                .ifPresent(lines::add);
        return String.join("\n", lines);
    }

    private static String line(JsonNode item) {
        return decimal(item.path("quantity")).toPlainString() + " × " + GraphJson.text(item, "product_retailer_id")
                + (hasPrice(item)
                        ? ", " + price(decimal(item.path("item_price")), GraphJson.text(item, "currency")) + " each"
                        : "");
    }

    private static boolean hasPrice(JsonNode item) {
        return item.hasNonNull("item_price");
    }

    private static BigDecimal decimal(JsonNode number) {
        if (PLAIN.matcher(number.asText()).matches()) {
            return new BigDecimal(number.asText());
        }
        return number.isNumber() && number.decimalValue().abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) < 0
                ? number.decimalValue()
                : BigDecimal.ZERO;
    }

    private static String price(BigDecimal amount, String currency) {
        BigDecimal plain = amount.stripTrailingZeros();
        return (plain.scale() <= 0 ? plain.setScale(0) : plain.setScale(Math.max(2, plain.scale()))).toPlainString()
                + (currency.isBlank() ? "" : " " + currency);
    }
}
