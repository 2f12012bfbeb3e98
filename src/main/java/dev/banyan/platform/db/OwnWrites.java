package dev.banyan.platform.db;

import module java.base;

/// How far the writes of one reader reach in the write-ahead log, so that the reader finds them in what is read from a
/// replica. Bound to the thread that works on a request of the reader; the requests of one reader share it.
public final class OwnWrites {

    /// What was written may be anywhere: no replica has got that far.
    static final long UNKNOWN = (1L << 60) - 1;

    /// Requests have virtual threads of their own, so it ends with them.
    private static final ThreadLocal<Optional<OwnWrites>> NOW = ThreadLocal.withInitial(Optional::empty);

    private final AtomicLong position = new AtomicLong();

    /// Makes this thread read and write for `reader`; for empty, it reads from the primary only.
    public static void bind(Optional<OwnWrites> reader) {
        NOW.set(reader);
    }

    static Optional<OwnWrites> now() {
        return NOW.get();
    }

    /// Returns the position as a number of bytes; 0 if nothing was written lately.
    public long position() {
        return position.get();
    }

    /// Notes that something was written up to this position.
    public void raise(long reached) {
        position.accumulateAndGet(reached, Math::max);
    }
}
