package dev.banyan.accounts;

import dev.banyan.platform.AccountId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Which sub-accounts a list shows, and in which order.
///
/// @param search words of the name, the display name or the internal label; empty for all
/// @param after the last one of the page before
public record SubAccountQuery(String search, Shown shown, Order order, Optional<AccountId> after, int limit) {

    /// Deleted ones are shown to those who ask for them.
    public enum Shown {
        PRESENT,
        ACTIVE,
        SUSPENDED,
        DELETED,
        ALL;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// @return empty for a word that is none
        public static Optional<Shown> of(String key) {
            return Arrays.stream(values())
                    .filter(shown -> shown.key().equals(key))
                    .findFirst();
        }
    }

    public enum Order {
        NEWEST,
        OLDEST,
        USERNAME;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// @return empty for a word that is none
        public static Optional<Order> of(String key) {
            return Arrays.stream(values())
                    .filter(order -> order.key().equals(key))
                    .findFirst();
        }
    }

    /// The newest that are not deleted.
    public static SubAccountQuery newest(String search, Optional<AccountId> after, int limit) {
        return new SubAccountQuery(search, Shown.PRESENT, Order.NEWEST, after, limit);
    }
}
