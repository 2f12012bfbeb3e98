package dev.banyan.console;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;

/// Ends a command that can't do what was asked. Thrown instead of returned so that each reason is worded in one place;
/// it is printed where commands are run.
public final class CommandRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Function<ConsoleOutput, CommandResult> answer;

    private CommandRefused(String why, Function<ConsoleOutput, CommandResult> answer) {
        super(why, null, false, false);
        this.answer = answer;
    }

    /// @param hints lines for people that say what to do instead
    public CommandRefused(String why, String... hints) {
        this(why, output -> {
            output.fail(why);
            List.of(hints).forEach(output::say);
            return CommandResult.FAILED;
        });
    }

    /// Returns the value of an operation, or ends the command with why it was refused.
    ///
    /// @param unknown if the operation found nothing
    public static <T> T unless(Outcome<T> outcome, CommandRefused unknown) {
        return outcome.orElseThrow(refusal -> switch (refusal) {
            case Refusal.NotFound _ -> unknown;
            case Refusal.Rejected(List<Invalid> invalid) -> rejected(invalid);
            case Refusal.Conflict(String why) -> new CommandRefused(why);
            case Refusal.Forbidden _, Refusal.TooMany _, Refusal.LimitReached _, Refusal.ReadOnly _ ->
                throw new IllegalStateException("Nothing is refused so in the console: " + refusal);
        });
    }

    /// Refuses input that breaks rules.
    public static CommandRefused rejected(List<Invalid> invalid) {
        return new CommandRefused("Rejected", output -> {
            invalid.forEach(broken -> output.fail(broken.apiMessage()));
            return CommandResult.FAILED;
        });
    }

    /// Refuses words that fit no form of a command.
    public static CommandRefused usage(List<String> usages) {
        return new CommandRefused("Usage", output -> output.usage(usages));
    }

    /// Asks for one of several; programs get them in the error itself.
    ///
    /// @param known one per line
    static CommandRefused choice(String why, List<String> known) {
        String inOneLine = known.stream().map(String::strip).collect(Collectors.joining(", "));
        return new CommandRefused(
                why,
                output -> output.json()
                        ? output.fail((why + " " + inOneLine).strip())
                        : new CommandRefused(why, known.toArray(String[]::new)).tell(output));
    }

    public CommandResult tell(ConsoleOutput output) {
        return answer.apply(output);
    }
}
