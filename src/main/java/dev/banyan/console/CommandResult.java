package dev.banyan.console;

import module java.base;

/// How a command ended.
///
/// @param code 0 or 1, like a program's exit code
/// @param account the username to act for from now on, if the command chose one
/// @param quits whether the terminal closes
public record CommandResult(int code, Optional<String> account, boolean quits) {

    public static final CommandResult DONE = new CommandResult(0, Optional.empty(), false);
    public static final CommandResult FAILED = new CommandResult(1, Optional.empty(), false);
    public static final CommandResult QUIT = new CommandResult(0, Optional.empty(), true);

    public Frame.Done frame() {
        return new Frame.Done(code, account, quits);
    }

    public static CommandResult actingFor(String username) {
        return new CommandResult(0, Optional.of(username), false);
    }
}
