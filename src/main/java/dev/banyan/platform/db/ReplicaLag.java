package dev.banyan.platform.db;

import module java.base;

/// Whether a replica is worth reading, by what was last seen of it. Measured in the primary's positions and our own
/// time: the replica's clock doesn't matter, and while nothing is written it isn't behind.
final class ReplicaLag {

    /// Further behind than this, it is left alone.
    static final Duration MOST = Duration.ofSeconds(5);
    /// If it is silent for longer, it is left alone until it answers.
    static final Duration ANSWERS_WITHIN = Duration.ofSeconds(1);

    private final LongSupplier nanos;
    /// All that was committed before this time is there.
    private volatile OptionalLong currentAt = OptionalLong.empty();
    /// Since when an answer is awaited.
    private volatile OptionalLong askedAt = OptionalLong.empty();
    /// What the replica has to reach next.
    private Optional<Mark> next = Optional.empty();

    /// Where the primary was at a time.
    private record Mark(long position, long at) {}

    /// @param nanos as [System#nanoTime]
    ReplicaLag(LongSupplier nanos) {
        this.nanos = nanos;
    }

    boolean isReadable() {
        return now().filter(behind -> behind.compareTo(MOST) <= 0).isPresent()
                && askedAt.stream().noneMatch(asked -> since(asked).compareTo(ANSWERS_WITHIN) > 0);
    }

    /// Returns how far it is behind; empty if that isn't known.
    Optional<Duration> now() {
        return currentAt.stream().mapToObj(this::since).findFirst();
    }

    private Duration since(long time) {
        return Duration.ofNanos(nanos.getAsLong() - time);
    }

    /// Returns whether it has been too far behind for long enough to say so.
    boolean isTooFar() {
        OptionalLong since = currentAt.isPresent()
                ? currentAt
                : next.stream().mapToLong(Mark::at).findFirst();
        return since.stream().anyMatch(time -> since(time).compareTo(MOST) > 0);
    }

    /// Both are asked where they are: first the primary, then the replica.
    ///
    /// @return when, for [#answered]
    long ask() {
        long now = nanos.getAsLong();
        askedAt = OptionalLong.of(now);
        return now;
    }

    /// Both have answered.
    void answered(long asked, long primary, long replica) {
        // A primary that took over from another one may be behind what the other had told.
        Optional<Mark> known = next.filter(mark -> mark.position() <= primary);
        if (replica >= primary) {
            currentAt = OptionalLong.of(asked);
        } else if (known.filter(mark -> replica >= mark.position()).isPresent()) {
            currentAt = OptionalLong.of(known.get().at());
        }
        if (known.isEmpty() || replica >= known.get().position()) {
            next = Optional.of(new Mark(primary, asked));
        }
        askedAt = OptionalLong.empty();
    }

    /// It failed, and isn't read until it answers again.
    void fail() {
        currentAt = OptionalLong.empty();
        askedAt = OptionalLong.empty();
    }
}
