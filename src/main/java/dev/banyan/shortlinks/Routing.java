package dev.banyan.shortlinks;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;

/// What a redirect looks at beyond its target: rules, of which the first that fits wins, variants that share the rest,
/// and fields that are added to whatever target was chosen. A document of the row, for nobody asks for parts of it.
///
/// @param weight of the main target among the variants
@JsonIgnoreProperties(ignoreUnknown = true)
record Routing(Utm utm, List<Rule> rules, int weight, List<Variant> variants) {

    static final int MOST_RULES = 10;
    static final int MOST_VARIANTS = 9;
    static final int HEAVIEST = 1_000;
    static final Routing NONE = new Routing(Utm.NONE, List.of(), 1, List.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Texts are empty where nothing is added.
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Utm(String source, String medium, String campaign, String term, String content) {
        static final Utm NONE = new Utm("", "", "", "", "");
    }

    /// All that is said must hold. Texts are empty, and times 0, where anything holds.
    ///
    /// @param device a [Device]
    /// @param language such as `de`
    /// @param country two letters, such as `DE`
    /// @param from milliseconds
    /// @param until milliseconds; this moment does not belong to it
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Rule(String device, String language, String country, long from, long until, String target) {

        boolean fits(Visitor visitor, Instant now) {
            return (device.isEmpty() || visitor.uses(device))
                    && (language.isEmpty() || language.equals(visitor.language()))
                    && (country.isEmpty() || country.equals(visitor.country()))
                    && (from == 0 || now.toEpochMilli() >= from)
                    && (until == 0 || now.toEpochMilli() < until);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Variant(String target, int weight) {}

    /// As it stands in the row; most short links have nothing of it.
    String written() {
        try {
            return equals(NONE) ? "" : JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Texts and numbers can be written", impossible);
        }
    }

    static Routing read(String written) {
        try {
            return written.isEmpty() ? NONE : JSON.readValue(written, Routing.class);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("A short link's rules cannot be read", failure);
        }
    }
}
