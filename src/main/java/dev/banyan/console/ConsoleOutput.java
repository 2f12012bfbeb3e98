package dev.banyan.console;

import java.util.List;
import java.util.Map;

/// Speaks with people in lines, and with a program in JSON: one object for each command, `{"error"}` where it failed.
///
/// @param json whether a program listens
public record ConsoleOutput(Screen screen, boolean json) {

    private static final String USAGE = "⚠️  Usage: ";

    /// For people: programs do not hear it.
    public void say(String line) {
        if (!json) {
            screen.line(line);
        }
    }

    public Outcome fail(String why) {
        return fail("❌ ", why);
    }

    public Outcome warn(String why) {
        return fail("⚠️  ", why);
    }

    /// @param sign what stands before it for people
    public Outcome fail(String sign, String why) {
        if (json) {
            show(Map.of("error", why));
        } else {
            screen.line(sign + why);
        }
        return Outcome.FAILED;
    }

    /// Refuses words that are no form of a command.
    public Outcome usage(List<String> usages) {
        if (json) {
            return fail("Usage: " + String.join("; ", usages));
        }
        usages.forEach(usage -> screen.line(USAGE + usage));
        return Outcome.FAILED;
    }

    /// The whole answer for a program, as JSON.
    Outcome show(Object answer) {
        ConsoleJson.lines(answer).forEach(screen::line);
        return Outcome.DONE;
    }
}
