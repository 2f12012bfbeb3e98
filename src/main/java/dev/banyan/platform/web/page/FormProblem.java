package dev.banyan.platform.web.page;

import module java.base;

/// A problem with a whole form, not with one of its fields: what happened, then what to do.
public record FormProblem(String title, String text) {

    /// Asks to wait after too many tries.
    public static FormProblem tooMany(String title, Duration wait) {
        return new FormProblem(title, waitText(wait));
    }

    public static String waitText(Duration wait) {
        return wait.toMinutes() < 1
                ? "Wait a minute and try again."
                : "Wait " + (wait.toMinutes() + 1) + " minutes and try again.";
    }
}
