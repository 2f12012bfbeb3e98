package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.whatsapp.SenderId;

/// How a pool survives its numbers.
///
/// @param backup the master that stands in before all others; empty: one is chosen
/// @param failsBack whether what was moved comes back by itself when the pool works again
/// @param spread the time over which the messages of a failed pool are sent by the pool that stands in; zero: as fast
///     as its limits allow
public record FailoverSettings(
        FailoverPolicy policy, Optional<SenderId> backup, boolean failsBack, Duration spread, Detection detection) {

    /// When a number counts as failed, and as recovered. The defaults are those of the contract (linda-terminal, 8).
    ///
    /// @param checkSeconds between two checks, 1 to 300
    /// @param failures failed checks in a row until a number has failed, 1 to 100
    /// @param recoverySeconds for which a number must work without a break until it counts as recovered, 1 to 3600
    /// @param tries reconnections tried after a failure, 0 to 100
    public record Detection(int checkSeconds, int failures, int recoverySeconds, int tries) {

        public static final Detection DEFAULT = new Detection(5, 3, 30, 5);

        /// Returns how long a number is down until it has failed.
        public Duration until() {
            return Duration.ofSeconds((long) checkSeconds * failures);
        }

        public Duration recovery() {
            return Duration.ofSeconds(recoverySeconds);
        }
    }

    /// The settings of a pool that was never configured.
    public static final FailoverSettings DEFAULT = new FailoverSettings(
            FailoverPolicy.SAME_BRAND_ONLY, Optional.empty(), true, Duration.ofMinutes(5), Detection.DEFAULT);

    /// Returns which rules it breaks, by field.
    public List<Invalid> broken() {
        return FailoverInput.FIELDS.broken(new FailoverInput(this, Optional.empty()));
    }
}
