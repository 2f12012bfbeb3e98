package dev.banyan.workspaces;

import module java.base;

/// A part of a list, newest first.
///
/// @param next the cursor of the next part, if there is one
public record Slice<T, C>(List<T> items, Optional<C> next) {

    /// @param found one more than `limit` if the list continues
    public static <T, C> Slice<T, C> of(List<T> found, int limit, Function<T, C> cursor) {
        List<T> shown = found.subList(0, Math.min(limit, found.size()));
        return new Slice<>(
                List.copyOf(shown),
                found.size() > shown.size() ? Optional.of(cursor.apply(shown.getLast())) : Optional.empty());
    }
}
