package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.platform.Parse;

/// Reads WAHA’s JSON, whose fields change with the engine and the version: what is missing, null or of another
/// type is empty.
final class WahaJson {

    private static final BigDecimal FIRST_MILLISECONDS = BigDecimal.valueOf(100_000_000_000L);
    private static final BigDecimal LATEST_SECONDS = BigDecimal.valueOf(99_999_999_999L);
    private static final int MILLIS = 3;

    private WahaJson() {}

    /// Returns the first of these values that is a text or a number; empty if none is.
    static Optional<String> text(JsonNode... values) {
        return Arrays.stream(values)
                .filter(JsonNode::isValueNode)
                .filter(value -> !value.isNull())
                .map(JsonNode::asText)
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    /// Returns the first of these that is there.
    static Optional<JsonNode> object(JsonNode... values) {
        return Stream.of(values).filter(JsonNode::isObject).findFirst();
    }

    /// Reads seconds with or without decimals, milliseconds, either of them as a text, or a date as a text.
    static Optional<Instant> time(JsonNode value) {
        return text(value).flatMap(WahaJson::time);
    }

    private static Optional<Instant> time(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            boolean isSeconds = number.compareTo(FIRST_MILLISECONDS) < 0;
            BigDecimal millis = isSeconds ? number.movePointRight(MILLIS) : number;
            boolean isSensible =
                    millis.signum() > 0 && millis.movePointLeft(MILLIS).compareTo(LATEST_SECONDS) <= 0;
            return isSensible ? Optional.of(Instant.ofEpochMilli(millis.longValue())) : Optional.empty();
        } catch (NumberFormatException _) {
            return date(text);
        }
    }

    private static Optional<Instant> date(String text) {
        return Parse.of(text, Instant::parse);
    }
}
