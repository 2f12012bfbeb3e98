package dev.banyan.console;

import module java.base;

/// A command's output: lines for people, or JSON for programs: one object per command, `{"error"}` if it failed.
///
/// @param json whether the reader is a program
public record ConsoleOutput(Screen screen, boolean json) {

    private static final String USAGE = "⚠️  Usage: ";

    /// Prints a line for people; left out in JSON output.
    public void say(String line) {
        if (!json) {
            screen.line(line);
        }
    }

    public CommandResult fail(String why) {
        return fail("❌ ", why);
    }

    public CommandResult warn(String why) {
        return fail("⚠️  ", why);
    }

    /// @param sign printed before the text for people
    public CommandResult fail(String sign, String why) {
        if (json) {
            show(Map.of("error", why));
        } else {
            screen.line(sign + why);
        }
        return CommandResult.FAILED;
    }

    /// Refuses arguments that fit no form of a command.
    public CommandResult usage(List<String> usages) {
        if (json) {
            return fail("Usage: " + String.join("; ", usages));
        }
        usages.forEach(usage -> screen.line(USAGE + usage));
        return CommandResult.FAILED;
    }

    /// Prints the whole answer as JSON.
    CommandResult show(Object answer) {
        ConsoleJson.lines(answer).forEach(screen::line);
        return CommandResult.DONE;
    }
}
