package dev.banyan.platform.web.json;

import module java.base;
import dev.banyan.platform.Parse;

/// `limit` and `after` of every list. Without them a list is returned whole, up to 1,000; `after` is the `nextCursor`
/// of the previous answer.
///
/// @param <T> the type of a cursor: the id of the last item shown
public sealed interface Paging<T> {

    int MOST = 1_000;

    record Slice<T>(int limit, Optional<T> after) implements Paging<T> {}

    record Bad<T>(String error) implements Paging<T> {}

    /// @param parse reads a cursor; empty for text that cannot be one
    static <T> Paging<T> of(Optional<String> limit, Optional<String> after, Function<String, Optional<T>> parse) {
        int size =
                limit.map(typed -> Parse.of(typed, Integer::valueOf).orElse(0)).orElse(MOST);
        if (size < 1 || size > MOST) {
            return new Bad<>("limit must be a number from 1 to " + MOST);
        }
        Optional<T> cursor = after.flatMap(parse);
        if (after.isPresent() && cursor.isEmpty()) {
            return new Bad<>("after must be the nextCursor of an answer");
        }
        return new Slice<>(size, cursor);
    }
}
