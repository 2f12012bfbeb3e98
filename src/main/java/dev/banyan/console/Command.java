package dev.banyan.console;

import module java.base;
import dev.banyan.accounts.Account;

/// A row in the table of console commands: its syntax, its help and the function that runs it. The work itself is an
/// operation of another package.
///
/// @param usages the command's forms, shown when the arguments don't fit
/// @param hasJson whether `--json` makes it answer in JSON: false only for commands that have no answer
/// @param needsAccount false for commands that don't concern an account's numbers
public record Command(
        Description description,
        List<String> usages,
        boolean hasJson,
        boolean needsAccount,
        Suggestions suggestions,
        Function<Order, CommandResult> function) {

    /// The sections of `help`, in order: first those of the seed ("Help command"), which `help` explains, then topics,
    /// of which it only lists the names.
    public enum Group {
        DEVICES("DEVICE & SESSION MANAGEMENT", ""),
        SECONDARIES("SECONDARY ACCOUNT MANAGEMENT", ""),
        UTILITY("UTILITY", ""),
        NUMBERS("NUMBERS", "numbers"),
        GATEWAYS("GATEWAYS", "gateways"),
        POOLS("POOLS", "pools"),
        MESSAGES("MESSAGES", "messages"),
        DATA("DATA", "data"),
        SESSION("SESSION", "session");

        public final String title;
        private final String topic;

        Group(String title, String topic) {
            this.title = title;
            this.topic = topic;
        }

        /// Returns the word that shows this group with `help`; empty for a section that `help` shows anyway.
        public Optional<String> topic() {
            return Optional.of(topic).filter(word -> !word.isEmpty());
        }

        /// Returns a command of this section that takes no arguments.
        public Command command(String name, String text, Function<Order, CommandResult> function) {
            return new Command(
                    new Description(this, List.of(name), "", "", text, 0, 0),
                    List.of("'" + name + "'"),
                    true,
                    true,
                    (_, _) -> List.of(),
                    function);
        }
    }

    /// The syntax of a command.
    ///
    /// @param names its name, then its aliases
    /// @param arguments such as `<master-id>`; empty for none
    /// @param fewest how many arguments it needs
    /// @param most how many it takes
    public record Description(
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

    /// Suggests a command's next word.
    @FunctionalInterface
    public interface Suggestions {

        /// @param before the words typed so far
        List<Frame.Word> words(Optional<Account> account, List<String> before);

        static Suggestions of(Frame.Word... words) {
            return (_, _) -> List.of(words);
        }

        /// Keeps these for the first word and takes others for the words after it.
        default Suggestions then(Suggestions later) {
            return (account, before) -> (before.isEmpty() ? this : later).words(account, before);
        }
    }

    public Command {
        usages = List.copyOf(usages);
    }

    public Command aliases(String... aliases) {
        List<String> names =
                Stream.concat(description.names.stream(), Stream.of(aliases)).toList();
        var known = new Description(
                description.group,
                names,
                description.arguments,
                description.example,
                description.text,
                description.fewest,
                description.most);
        return new Command(known, usages, hasJson, needsAccount, suggestions, function);
    }

    public Command taking(int fewest, int most, String arguments, String example) {
        var known = new Description(
                description.group, description.names, arguments, example, description.text, fewest, most);
        return new Command(known, List.of("'" + known.usage() + "'"), hasJson, needsAccount, suggestions, function);
    }

    public Command withUsages(String... forms) {
        return new Command(description, List.of(forms), hasJson, needsAccount, suggestions, function);
    }

    public Command withoutJson() {
        return new Command(description, usages, false, needsAccount, suggestions, function);
    }

    public Command withoutAccount() {
        return new Command(description, usages, hasJson, false, suggestions, function);
    }

    public Command suggesting(Suggestions words) {
        return new Command(description, usages, hasJson, needsAccount, words, function);
    }
}
