package dev.banyan.pages;

import java.util.Optional;

/// One step of a batch.
public sealed interface LinkStep {

    record Add(LinkChange wish) implements LinkStep {}

    record Update(String id, LinkChange wish) implements LinkStep {}

    /// An id that is not there is no error: it is gone, which is what was asked for.
    record Remove(String id) implements LinkStep {}

    record AddGroup(LinkGroupChange wish) implements LinkStep {}

    record UpdateGroup(String id, LinkGroupChange wish) implements LinkStep {}

    /// Its links stay, on the page itself.
    record RemoveGroup(String id) implements LinkStep {}

    /// A link or a group changes places with its neighbour.
    record Move(String id, Direction direction) implements LinkStep {}

    /// A link or a group goes elsewhere.
    ///
    /// @param group into which group a link goes; empty for the page itself
    /// @param before what it comes to stand before; empty for the end
    record Place(String id, Optional<String> group, Optional<String> before) implements LinkStep {}

    /// Which neighbour it changes places with.
    enum Direction {
        UP,
        DOWN;

        /// As forms write it.
        public static Direction of(String to) {
            return to.equals("up") ? UP : DOWN;
        }
    }
}
