package dev.banyan.workspaces;

import module java.base;
import dev.banyan.platform.Keyed;

/// Which of a project's workspaces to list, and in what order.
///
/// @param search beginnings of words of name, description, pathname and short id; empty for all
/// @param suspended only suspended or only active ones
/// @param registration only those whose own switch is on, or off
public record WorkspaceQuery(
        String search,
        Optional<Boolean> suspended,
        Optional<Boolean> registration,
        Order order,
        Optional<Cursor> after,
        int limit) {

    /// The orders supported by an index.
    public enum Order implements Keyed {
        NEWEST("Newest first"),
        OLDEST("Oldest first"),
        NAME("By name"),
        USERS("Most users first");

        public final String label;

        Order(String label) {
            this.label = label;
        }
    }

    /// The last workspace of a page of the list with its sort key, so that the next page starts after it even if it is
    /// renamed or deleted meanwhile.
    ///
    /// @param key its folded name or its number of users; empty if the id is enough
    public record Cursor(WorkspaceId id, String key) {

        private static final char BETWEEN = '.';

        public static Cursor of(Workspace workspace, Order order) {
            return new Cursor(
                    workspace.id(),
                    switch (order) {
                        case NEWEST, OLDEST -> "";
                        case NAME -> workspace.sortName();
                        case USERS -> Long.toString(workspace.users());
                    });
        }

        public static Optional<Cursor> parse(String text, Order order) {
            int end = text.indexOf(BETWEEN);
            String key = end < 0 ? "" : text.substring(end + 1);
            boolean fits = order == Order.USERS
                    ? key.matches("[0-9]{1,12}")
                    : key.codePoints().noneMatch(Character::isISOControl);
            return fits
                    ? WorkspaceId.parse(end < 0 ? text : text.substring(0, end)).map(id -> new Cursor(id, key))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return key.isEmpty() ? id.toString() : id.toString() + BETWEEN + key;
        }
    }

    /// The same query for one more row, which shows whether the list continues.
    public WorkspaceQuery andOneMore() {
        return limitedTo(limit + 1);
    }

    public WorkspaceQuery limitedTo(int most) {
        return new WorkspaceQuery(search, suspended, registration, order, after, most);
    }

    public WorkspaceQuery suspendedOnly() {
        return new WorkspaceQuery(search, Optional.of(true), registration, order, after, limit);
    }

    /// Newest first, in any state.
    public static WorkspaceQuery newest(String search, Optional<WorkspaceId> after, int limit) {
        return new WorkspaceQuery(
                search, Optional.empty(), Optional.empty(), Order.NEWEST, after.map(id -> new Cursor(id, "")), limit);
    }
}
