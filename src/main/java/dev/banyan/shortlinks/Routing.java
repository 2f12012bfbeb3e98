package dev.banyan.shortlinks;

import module java.base;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.banyan.platform.document.JsonDocument;
import org.jspecify.annotations.Nullable;

/// The routing of a redirect beyond its target: rules, of which the first match wins, variants that share the rest, and
/// fields added to the chosen target. Stored as one document, because its parts are never queried.
///
/// @param weight of the main target among the variants
/// @param zone the time zone in which its times were entered; empty if none
/// @param chat what the main target is, if it is no address of its own
/// @param forwardsQuery whether the query of the short link's address is added to the target
@JsonIgnoreProperties(ignoreUnknown = true)
record Routing(
        Utm utm, List<Rule> rules, int weight, List<Variant> variants, String zone, Chat chat, boolean forwardsQuery) {

    static final int MOST_RULES = 10;
    static final int MOST_VARIANTS = 9;
    static final int HEAVIEST = 1_000;
    static final Routing NONE = new Routing(Utm.NONE, List.of(), 1, List.of(), "", Chat.NONE, false);

    /// Rows created before there were zones, chats and forwarding have none.
    @JsonCreator
    static Routing of(
            @JsonProperty("utm") Utm utm,
            @JsonProperty("rules") List<Rule> rules,
            @JsonProperty("weight") int weight,
            @JsonProperty("variants") List<Variant> variants,
            @JsonProperty("zone") @Nullable String zone,
            @JsonProperty("chat") @Nullable Chat chat,
            @JsonProperty("forwardsQuery") boolean forwardsQuery) {
        return new Routing(
                utm, rules, weight, variants, zone == null ? "" : zone, chat == null ? Chat.NONE : chat, forwardsQuery);
    }

    /// Texts are empty if nothing is added.
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Utm(String source, String medium, String campaign, String term, String content) {
        static final Utm NONE = new Utm("", "", "", "", "");
    }

    /// All conditions must match. An empty text or a time of 0 always matches.
    ///
    /// @param device a [Device]
    /// @param language such as `de`
    /// @param country two letters, such as `DE`
    /// @param from milliseconds
    /// @param until milliseconds, exclusive
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

    /// A chat with one of our WhatsApp numbers, chosen anew for each visitor.
    ///
    /// @param on false: the short link leads to its target
    /// @param pool the master of the pool that answers; empty: the pool that works for the account
    /// @param text the prefilled beginning of the visitor's message; may be empty
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Chat(boolean on, String pool, String text) {

        static final Chat NONE = new Chat(false, "", "");
        /// What is shown and stored as the target of a chat.
        static final String TARGET = "https://wa.me/";

        /// Returns the kind of the short link, as in the API.
        String kind() {
            return on ? "whatsapp" : "url";
        }
    }

    Routing withChat(Chat other) {
        return new Routing(utm, rules, weight, variants, zone, other, forwardsQuery);
    }

    /// Returns the stored form; empty for most short links.
    String written() {
        return equals(NONE) ? "" : JsonDocument.write(this);
    }

    static Routing read(String written) {
        return written.isEmpty() ? NONE : JsonDocument.read(written, Routing.class);
    }
}
