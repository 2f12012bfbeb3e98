package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.drivers.GatewayHttp;

/// Writes the answers of a form and the products of an order in lines that people read.
final class CloudLines {

    /// What the builder of forms puts around the names of fields and before the ids of choices.
    private static final Pattern AROUND = Pattern.compile("^screen_[0-9]+_|_[0-9]+$");

    private static final Pattern CHOICE = Pattern.compile("[0-9]+_(.+)");
    private static final String TOKEN = "flow_token";
    /// Some write numbers as texts.
    private static final Pattern PLAIN = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,6})?");

    private CloudLines() {}

    /// Returns a line for each answer; empty if there is none that can be read.
    ///
    /// @param answers as JSON
    static String ofForm(String answers) {
        try {
            return answers(GatewayHttp.JSON.readTree(answers), "\n");
        } catch (IOException _) {
            return "";
        }
    }

    private static String answers(JsonNode fields, String separator) {
        return fields.properties().stream()
                .filter(answer ->
                        !answer.getKey().equals(TOKEN) && !answer.getValue().isNull())
                .map(answer -> words(AROUND.matcher(answer.getKey()).replaceAll("")) + ": " + value(answer.getValue()))
                .collect(Collectors.joining(separator));
    }

    /// Addresses and spans of days are objects. Of a file, the name says enough; what people wrote stays as it is.
    private static String value(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(CloudLines::value).collect(Collectors.joining(", "));
        }
        if (value.isObject()) {
            return GraphJson.given(value, "file_name").orElseGet(() -> answers(value, ", "));
        }
        Matcher choice = CHOICE.matcher(value.asText());
        return choice.matches() ? words(choice.group(1)) : value.asText();
    }

    private static String words(String name) {
        return name.replace('_', ' ').strip();
    }

    /// Returns a line for each product, and the total if all have a price in one currency.
    static String ofOrder(JsonNode order) {
        List<JsonNode> items = order.path("product_items").valueStream().toList();
        var lines = new ArrayList<String>();
        lines.add("Order of " + items.size() + (items.size() == 1 ? " product" : " products"));
        items.forEach(item -> lines.add(line(item)));
        Set<String> currencies =
                items.stream().map(item -> GraphJson.text(item, "currency")).collect(Collectors.toSet());
        if (items.size() > 1 && currencies.size() == 1) {
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
                + ", " + price(decimal(item.path("item_price")), GraphJson.text(item, "currency")) + " each";
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
