package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.Keyed;

/// A search for short links of an account, with order and cursor.
///
/// @param search as typed; empty for all
/// @param tag empty for all
record ShortLinkQuery(String search, String tag, State state, Order order, Optional<Cursor> after, int limit) {

    static ShortLinkQuery all(Order order, Optional<Cursor> after, int limit) {
        return new ShortLinkQuery("", "", State.ANY, order, after, limit);
    }

    boolean isFiltered() {
        return !search.isEmpty() || !tag.isEmpty() || state != State.ANY;
    }

    enum State implements Keyed {
        ANY("All"),
        ON("On"),
        OFF("Off"),
        ENDED("Ended");

        final String label;

        State(String label) {
            this.label = label;
        }

        /// Returns the key; empty for all states.
        @Override
        public String key() {
            return this == ANY ? "" : name().toLowerCase(Locale.ROOT);
        }

        static State of(String key) {
            return Keyed.parse(State.class, key).orElse(ANY);
        }
    }

    enum Order implements Keyed {
        CLICKS("Most clicked"),
        NEWEST("Newest first");

        final String label;

        Order(String label) {
            this.label = label;
        }

        @Override
        public String key() {
            return this == CLICKS ? "" : "newest";
        }

        static Order of(String key) {
            return key.equals(NEWEST.key()) ? NEWEST : CLICKS;
        }
    }

    /// The last short link of the previous part.
    record Cursor(long clicks, ShortLinkId id) {

        static Cursor of(ShortLink link) {
            return new Cursor(link.clicks(), link.id());
        }

        static Optional<Cursor> parse(String text) {
            int dot = text.indexOf('.');
            if (dot < 1 || dot > 18 || !text.substring(0, dot).chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.empty();
            }
            long clicks = Long.parseLong(text.substring(0, dot));
            return ShortLinkId.parse(text.substring(dot + 1)).map(id -> new Cursor(clicks, id));
        }

        @Override
        public String toString() {
            return clicks + "." + id;
        }
    }
}
