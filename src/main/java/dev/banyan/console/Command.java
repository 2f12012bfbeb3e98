package dev.banyan.console;

import dev.banyan.accounts.Account;
import java.util.List;
import java.util.Optional;

/// A console command: its syntax and its output. The work itself is an operation of another package.
public interface Command {

    /// The sections of `help`, in order (seed, "Help command").
    enum Group {
        DEVICES("DEVICE & SESSION MANAGEMENT"),
        SECONDARIES("SECONDARY ACCOUNT MANAGEMENT"),
        UTILITY("UTILITY");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /// The syntax of a command.
    ///
    /// @param names its name, then its aliases
    /// @param arguments such as `<master-id>`; empty for none
    /// @param example of its arguments
    /// @param fewest how many arguments it needs
    /// @param most how many it takes
    record Description(
            Group group, List<String> names, String arguments, String example, String text, int fewest, int most) {

        public Description {
            names = List.copyOf(names);
        }

        public String name() {
            return names.getFirst();
        }

        public String usage() {
            return (name() + " " + arguments).strip();
        }

        public String wholeExample() {
            return (name() + " " + example).strip();
        }
    }

    Description description();

    /// The command's forms, shown when the arguments don't fit.
    default List<String> usages() {
        return List.of("'" + description().usage() + "'");
    }

    /// Whether `--json` makes it answer in JSON.
    default boolean hasJson() {
        return false;
    }

    /// False for commands that don't concern an account's numbers.
    default boolean needsAccount() {
        return true;
    }

    /// Suggests the next word.
    ///
    /// @param before the words typed so far
    default List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return List.of();
    }

    Outcome run(Order order);
}
