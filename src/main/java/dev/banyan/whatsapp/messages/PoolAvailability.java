package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.whatsapp.WaitReason;

/// The current availability of a number.
sealed interface PoolAvailability {

    record Able() implements PoolAvailability {}

    /// It has reached a limit of its own.
    record Limited(Instant until, WaitReason reason, String why) implements PoolAvailability {}

    /// It may come back.
    record Away(Instant since, String why) implements PoolAvailability {}

    /// It can't send until a person repairs it.
    record Gone(Instant since, String why) implements PoolAvailability {}

    /// Returns the best of these: one that is able, else the one that becomes able first, else the one that
    /// was able last.
    static PoolAvailability best(Collection<PoolAvailability> all) {
        PoolAvailability best = new PoolAvailability.Gone(Instant.EPOCH, "");
        for (PoolAvailability standing : all) {
            best = rank(standing) < rank(best) || rank(standing) == rank(best) && isSooner(standing, best)
                    ? standing
                    : best;
        }
        return best;
    }

    private static int rank(PoolAvailability standing) {
        return switch (standing) {
            case PoolAvailability.Able _ -> 0;
            case PoolAvailability.Limited _ -> 1;
            case PoolAvailability.Away _ -> 2;
            case PoolAvailability.Gone _ -> 3;
        };
    }

    private static boolean isSooner(PoolAvailability one, PoolAvailability other) {
        return switch (one) {
            case PoolAvailability.Limited(Instant first, WaitReason _, String _) ->
                other instanceof PoolAvailability.Limited(Instant second, WaitReason _, String _)
                        && first.isBefore(second);
            case PoolAvailability.Away(Instant first, String _) ->
                other instanceof PoolAvailability.Away(Instant second, String _) && first.isAfter(second);
            case PoolAvailability.Gone(Instant first, String _) ->
                other instanceof PoolAvailability.Gone(Instant second, String _) && first.isAfter(second);
            case PoolAvailability.Able _ -> false;
        };
    }
}
