package dev.banyan.accounts.keys;

import module java.base;

/// Which requests of keys are looked for; empty texts for all.
///
/// @param key an id
/// @param status such as 404, or 4 for all from 400 to 499
/// @param route a part of method and path
record RequestFilter(String key, String status, String route) {

    private static final Pattern STATUS = Pattern.compile("[1-5](\\d\\d)?");

    static final String WRONG_STATUS = "Status must be a number such as 404, or 4 for all from 400 to 499";

    RequestFilter {
        key = key.strip();
        status = status.strip();
        route = route.strip();
    }

    boolean isWrong() {
        return !status.isEmpty() && !STATUS.matcher(status).matches();
    }

    public boolean isEmpty() {
        return key.isEmpty() && status.isEmpty() && route.isEmpty();
    }

    /// Returns the lowest and the highest status that is meant.
    Optional<Map.Entry<Integer, Integer>> statuses() {
        if (status.isEmpty()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(status);
        return Optional.of(number < 10 ? Map.entry(number * 100, number * 100 + 99) : Map.entry(number, number));
    }
}
