package dev.banyan.accounts;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;

/// Selects and sorts the sub-accounts of a list.
///
/// @param search words of the name, the display name or the internal label; empty for all
/// @param label the internal label; empty for all
/// @param after the last sub-account of the previous page
public record SubAccountQuery(
        String search, String label, StatusFilter shown, Order order, Optional<AccountId> after, int limit) {

    /// Creates a query for all labels.
    public SubAccountQuery(String search, StatusFilter shown, Order order, Optional<AccountId> after, int limit) {
        this(search, "", shown, order, after, limit);
    }

    /// Returns the same query with another limit.
    public SubAccountQuery atMost(int most) {
        return new SubAccountQuery(search, label, shown, order, after, most);
    }

    /// Returns the same query from another place on.
    public SubAccountQuery after(Optional<AccountId> other, int most) {
        return new SubAccountQuery(search, label, shown, order, other, most);
    }

    /// The states to show. Deleted sub-accounts are shown on request only.
    public enum StatusFilter implements Keyed {
        PRESENT,
        ACTIVE,
        SUSPENDED,
        DELETED,
        ALL;

        /// @return empty for an unknown key
        public static Optional<StatusFilter> of(String key) {
            return Keyed.parse(StatusFilter.class, key);
        }
    }

    public enum Order implements Keyed {
        NEWEST,
        OLDEST,
        USERNAME
    }

    /// Returns a query for the newest sub-accounts that are not deleted.
    public static SubAccountQuery newest(String search, Optional<AccountId> after, int limit) {
        return new SubAccountQuery(search, StatusFilter.PRESENT, Order.NEWEST, after, limit);
    }
}
