package dev.banyan.platform.outcome;

import module java.base;

/// Reads outcomes in tests.
public final class Outcomes {

    private Outcomes() {}

    /// Returns the value; fails the test if the operation was refused.
    public static <T> T value(Outcome<T> outcome) {
        return outcome.fold(value -> value, refusal -> {
            throw new AssertionError(refusal);
        });
    }

    /// Returns why the operation was refused; fails the test if it was not.
    public static Refusal refusal(Outcome<?> outcome) {
        return outcome.fold(
                value -> {
                    throw new AssertionError("Not refused: " + value);
                },
                refusal -> refusal);
    }

    /// Returns the names of the refused fields; none after success or another refusal.
    public static List<String> refusedFields(Outcome<?> outcome) {
        return outcome instanceof Outcome.Refused<?>(Refusal.Rejected rejected)
                ? rejected.invalid().stream().map(broken -> broken.field()).toList()
                : List.of();
    }
}
