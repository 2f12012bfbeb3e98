package dev.banyan.platform.web.request;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.json.Paging;
import jakarta.ws.rs.QueryParam;

/// Which page of a list a request asks for, as `@BeanParam PageQuery page`: its `limit` and `after` ([Paging]).
///
/// ```java
/// PageQuery.Slice<UUID> slice = page.slice(Uuids::parse);
/// return slice.of(alerts.list(owner, slice.after(), slice.most()), WireAlert::of, Alert::id, AlertList::new);
/// ```
public final class PageQuery {

    @QueryParam("limit")
    public Optional<String> limit = Optional.empty();

    @QueryParam("after")
    public Optional<String> after = Optional.empty();

    /// @param <C> the type of a cursor: the id of the last item shown
    public record Slice<C>(int limit, Optional<C> after) {

        /// Returns how many to look for: one more than is shown tells that there is a next page.
        public int most() {
            return limit + 1;
        }

        /// Returns the list that is shown of [#most] that were found.
        public <T, V, L> L of(
                List<T> found, Function<T, V> view, Function<T, C> cursor, BiFunction<List<V>, Optional<C>, L> list) {
            return all(found, cursor, some -> some.stream().map(view).toList(), list);
        }

        /// The same for views that are made together.
        public <T, V, L> L all(
                List<T> found,
                Function<T, C> cursor,
                Function<List<T>, List<V>> views,
                BiFunction<List<V>, Optional<C>, L> list) {
            List<T> some = found.stream().limit(limit).toList();
            return list.apply(
                    views.apply(some),
                    found.size() > limit ? Optional.of(cursor.apply(some.getLast())) : Optional.empty());
        }
    }

    /// @param parse reads a cursor; empty for text that can be none
    /// @throws Refused if `limit` or `after` can't be read
    public <C> Slice<C> slice(Function<String, Optional<C>> parse) {
        return switch (Paging.of(limit, after.filter(text -> !text.isEmpty()), parse)) {
            case Paging.Slice<C>(int most, Optional<C> last) -> new Slice<>(most, last);
            case Paging.Bad<C>(String error) -> throw Refused.invalid(Invalid.whole(error));
        };
    }
}
