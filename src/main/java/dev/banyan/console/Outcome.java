package dev.banyan.console;

import java.util.Optional;

/// How a command ended.
///
/// @param code 0 or 1, like a program's exit code
/// @param account the username to act for from now on, if the command chose one
/// @param quits whether the terminal closes
public record Outcome(int code, Optional<String> account, boolean quits) {

    public static final Outcome DONE = new Outcome(0, Optional.empty(), false);
    public static final Outcome FAILED = new Outcome(1, Optional.empty(), false);
    public static final Outcome QUIT = new Outcome(0, Optional.empty(), true);

    public Frame.Done frame() {
        return new Frame.Done(code, account, quits);
    }

    public static Outcome actingFor(String username) {
        return new Outcome(0, Optional.of(username), false);
    }
}
