package dev.banyan.console;

import dev.banyan.accounts.Account;
import java.util.List;
import java.util.Optional;

/// One command of the console. What it does is an operation of another package; here is how it is typed and what it
/// shows.
public interface Command {

    /// The parts of `help`, in their order (seed, "Help command").
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

    /// How a command is called.
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

    /// How it is typed, in its forms: what is said to whoever types it otherwise.
    default List<String> usages() {
        return List.of("'" + description().usage() + "'");
    }

    /// Whether `--json` makes it answer in JSON.
    default boolean hasJson() {
        return false;
    }

    /// False for what has nothing to do with anybody's numbers.
    default boolean needsAccount() {
        return true;
    }

    /// What could be the next word.
    ///
    /// @param before the words that stand already
    default List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return List.of();
    }

    Outcome run(Order order);
}
