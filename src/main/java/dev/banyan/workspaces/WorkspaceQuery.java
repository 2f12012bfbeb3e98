package dev.banyan.workspaces;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Which of a project's workspaces are wanted, and in what order.
///
/// @param search beginnings of words of name, description, pathname and short id; empty for all
/// @param suspended only those, or only the active ones
/// @param registration only those whose own switch is on, or off
public record WorkspaceQuery(
        String search,
        Optional<Boolean> suspended,
        Optional<Boolean> registration,
        Order order,
        Optional<Cursor> after,
        int limit) {

    /// The orders that an index has.
    public enum Order {
        NEWEST("Newest first"),
        OLDEST("Oldest first"),
        NAME("By name"),
        USERS("Most users first");

        private final String label;

        Order(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }

        /// As addresses name it.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Order> of(String key) {
            return Arrays.stream(values())
                    .filter(order -> order.key().equals(key))
                    .findFirst();
        }
    }

    /// The last workspace of a part of the list, with what it is ordered by, so that the next part begins behind it
    /// even
    /// if it is renamed or deleted meanwhile.
    ///
    /// @param key its folded name or its number of users; empty where the id says all
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

    /// With one more, by which one sees that the list goes on.
    public WorkspaceQuery andOneMore() {
        return new WorkspaceQuery(search, suspended, registration, order, after, limit + 1);
    }

    /// Newest first, whatever their state.
    public static WorkspaceQuery newest(String search, Optional<WorkspaceId> after, int limit) {
        return new WorkspaceQuery(
                search, Optional.empty(), Optional.empty(), Order.NEWEST, after.map(id -> new Cursor(id, "")), limit);
    }
}
