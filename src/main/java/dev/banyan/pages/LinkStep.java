package dev.banyan.pages;

import module java.base;
import dev.banyan.platform.Changes;

/// One step of a batch.
public sealed interface LinkStep {

    record Add(Changes<Link> wish) implements LinkStep {}

    record Update(String id, Changes<Link> wish) implements LinkStep {}

    /// Removes a link. An unknown id is not an error, because the result is the same.
    record Remove(String id) implements LinkStep {}

    record AddGroup(Changes<LinkGroup> wish) implements LinkStep {}

    record UpdateGroup(String id, Changes<LinkGroup> wish) implements LinkStep {}

    /// Removes a group. Its links stay, on the page itself.
    record RemoveGroup(String id) implements LinkStep {}

    /// Swaps a link or a group with its neighbour.
    record Move(String id, Direction direction) implements LinkStep {}

    /// Moves a link or a group.
    ///
    /// @param group the new group of a link; empty for the page itself
    /// @param before the entry that it is placed before; empty for the end
    record Place(String id, Optional<String> group, Optional<String> before) implements LinkStep {}

    /// Which neighbour to swap with.
    enum Direction {
        UP,
        DOWN;

        /// Parses the value used in forms.
        public static Direction of(String to) {
            return to.equals("up") ? UP : DOWN;
        }
    }
}
