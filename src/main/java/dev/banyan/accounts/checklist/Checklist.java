package dev.banyan.accounts.checklist;

import module java.base;

/// The checklist as its viewer sees it.
///
/// @param dismissible whether the viewer may hide it for the account
public record Checklist(List<FirstStep> steps, boolean dismissible) {

    public long doneCount() {
        return steps.stream().filter(FirstStep::done).count();
    }

    public boolean complete() {
        return steps.stream().allMatch(FirstStep::done);
    }

    /// Returns true if this is the step to take next, whose button stands out.
    public boolean isNext(FirstStep step) {
        return steps.stream()
                .filter(one -> !one.done())
                .findFirst()
                .filter(step::equals)
                .isPresent();
    }
}
