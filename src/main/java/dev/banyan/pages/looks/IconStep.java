package dev.banyan.pages.looks;

import java.util.Optional;

/// One step of a change of an account's social icons.
sealed interface IconStep {

    /// @param position empty for the end
    record Add(String platform, String url, Optional<Integer> position, boolean active) implements IconStep {}

    /// What is empty stays.
    record Update(
            String id,
            Optional<String> platform,
            Optional<String> url,
            Optional<Integer> position,
            Optional<Boolean> active)
            implements IconStep {}

    /// An id that is not there is no error: it is gone, which is what was asked for.
    record Remove(String id) implements IconStep {}
}
