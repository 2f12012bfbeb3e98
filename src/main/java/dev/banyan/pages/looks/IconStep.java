package dev.banyan.pages.looks;

import module java.base;

/// One step of a change of an account's social icons.
sealed interface IconStep {

    /// @param position empty for the end
    record Add(String platform, String url, Optional<Integer> position, boolean active) implements IconStep {}

    /// Changes an icon; empty fields stay unchanged.
    record Update(
            String id,
            Optional<String> platform,
            Optional<String> url,
            Optional<Integer> position,
            Optional<Boolean> active)
            implements IconStep {}

    /// Removes an icon. An unknown id is not an error, because the result is the same.
    record Remove(String id) implements IconStep {}
}
