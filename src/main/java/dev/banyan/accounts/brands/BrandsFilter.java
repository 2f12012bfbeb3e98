package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.SubAccountQuery;
import dev.banyan.accounts.SubAccountQuery.Order;
import dev.banyan.accounts.SubAccountQuery.StatusFilter;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.WebAddresses;

/// The filter of the sub-accounts on the Brands page, and its links to other filters; `root` is the username of their
/// agency.
record BrandsFilter(String root, String search, String label, StatusFilter shown, Order order) {

    record Choice(String label, String href, boolean current) {}

    /// Reads a filter; unknown words mean the default list.
    static BrandsFilter of(String root, String search, String label, String state, String sort) {
        return new BrandsFilter(
                root,
                search,
                label.strip(),
                StatusFilter.of(state)
                        .filter(shown -> shown != StatusFilter.ALL)
                        .orElse(StatusFilter.PRESENT),
                Keyed.parse(Order.class, sort).orElse(Order.NEWEST));
    }

    SubAccountQuery query(Optional<AccountId> after, int limit) {
        return new SubAccountQuery(search, label, shown, order, after, limit);
    }

    public List<Choice> states() {
        return Stream.of(StatusFilter.PRESENT, StatusFilter.ACTIVE, StatusFilter.SUSPENDED, StatusFilter.DELETED)
                .map(choice -> new Choice(
                        label(choice), new BrandsFilter(root, search, label, choice, order).href(), choice == shown))
                .toList();
    }

    public List<Choice> orders() {
        return Stream.of(Order.values())
                .map(choice -> new Choice(
                        label(choice), new BrandsFilter(root, search, label, shown, choice).href(), choice == order))
                .toList();
    }

    public String orderLabel() {
        return label(order);
    }

    /// Returns the value that the search form keeps; empty for the default list.
    public String state() {
        return shown == StatusFilter.PRESENT ? "" : shown.key();
    }

    public String sort() {
        return order == Order.NEWEST ? "" : order.key();
    }

    public boolean deleted() {
        return shown == StatusFilter.DELETED;
    }

    /// Returns true if the list is not filtered.
    public boolean whole() {
        return search.isBlank() && label.isEmpty() && shown == StatusFilter.PRESENT;
    }

    public String href() {
        return "/admin/brands?as=" + root + WebAddresses.parameter("q", search) + WebAddresses.parameter("label", label)
                + WebAddresses.parameter("state", state()) + WebAddresses.parameter("sort", sort());
    }

    /// Returns the address of the list without the label.
    public String unlabelled() {
        return new BrandsFilter(root, search, "", shown, order).href();
    }

    private static String label(StatusFilter shown) {
        return switch (shown) {
            case PRESENT, ALL -> "All";
            case ACTIVE -> "Active";
            case SUSPENDED -> "Suspended";
            case DELETED -> "Deleted";
        };
    }

    private static String label(Order order) {
        return switch (order) {
            case NEWEST -> "Newest first";
            case OLDEST -> "Oldest first";
            case USERNAME -> "By username";
        };
    }
}
