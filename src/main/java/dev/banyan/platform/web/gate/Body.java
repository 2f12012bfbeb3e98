package dev.banyan.platform.web.gate;

import org.jspecify.annotations.Nullable;

/// What one request has sent of its body, and how much of it may come. [BodyBudget] guards all fields.
final class Body {

    final Runnable cut;
    long arrived;
    /// Counted for memory; uploads go to the disk, except for their fields.
    long held;
    long heldAtMost = Long.MAX_VALUE;
    long most = Long.MAX_VALUE;
    /// Counted for the disk.
    long reserved;
    boolean isComplete;
    boolean isOver;
    /// Who answers for it; null as long as it is a stranger's.
    @Nullable
    String owner;

    /// @param cut refuses the rest and ends the connection; from any thread
    Body(Runnable cut) {
        this.cut = cut;
    }

    /// Returns true if it counts among the long ones.
    boolean isLong() {
        return owner != null && held > BodyBudget.SHORT;
    }
}
