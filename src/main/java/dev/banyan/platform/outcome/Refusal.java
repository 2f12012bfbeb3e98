package dev.banyan.platform.outcome;

import module java.base;
import dev.banyan.platform.Invalid;

/// Why an operation changed nothing. Each entrance (API, pages, console) turns a refusal into its answer in one place:
/// the guards and `Answers` do, not the routes.
public sealed interface Refusal {

    /// There is nothing by this id that the caller may know of.
    record NotFound() implements Refusal {}

    /// The caller knows of it, and lacks the right.
    record Forbidden() implements Refusal {}

    /// At least one field breaks its rule.
    record Rejected(List<Invalid> invalid) implements Refusal {

        public Invalid first() {
            return invalid.getFirst();
        }
    }

    /// The caller may try again after this time.
    record TooMany(Duration retryAfter) implements Refusal {}

    /// The plan allows no more.
    record LimitReached(long used, long max) implements Refusal {}

    /// The state of the thing doesn't allow it now.
    ///
    /// @param why what stands in the way, as a sentence for people
    record Conflict(String why) implements Refusal {}

    /// The account is over its plan and can't be changed; after this time it is suspended.
    record ReadOnly(Instant until) implements Refusal {}
}
