package dev.banyan.console.session;

import module java.base;
import dev.banyan.console.Command;
import dev.banyan.console.Command.Description;
import dev.banyan.console.Command.Group;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;

/// What `help` prints. Alone, it explains the commands of the seed in the seed's groups and names the others by topic;
/// with a word, it explains that topic or command.
final class HelpText {

    /// A longer usage gets its own line.
    private static final int WIDEST = 52;

    private static final String ALL = "all";

    private HelpText() {}

    static CommandResult print(Order order, List<Command> commands) {
        String word = String.join(" ", order.words()).toLowerCase(Locale.ROOT);
        if (order.json()) {
            return json(order, commands, word);
        }
        return switch (word) {
            case "" -> overview(order, commands);
            case ALL -> sections(order, commands, List.of(Group.values()));
            default -> explain(order, commands, word);
        };
    }

    /// Answers a program: with every command, those of a topic, or those whose name begins with the word.
    private static CommandResult json(Order order, List<Command> commands, String word) {
        boolean all = word.isEmpty() || word.equals(ALL);
        List<CommandJson> found = commands.stream()
                .filter(command -> all
                        || command.description().group().topic().equals(Optional.of(word))
                        || command.description().names().stream()
                                .anyMatch(name -> name.equals(word) || name.startsWith(word + " ")))
                .map(CommandJson::of)
                .toList();
        return found.isEmpty() ? unknown(order, word) : order.show(new CommandsJson(found));
    }

    private record CommandsJson(List<CommandJson> commands) {}

    private record CommandJson(
            String name, List<String> aliases, String text, List<String> usages, String example, boolean json) {

        static CommandJson of(Command command) {
            Description shown = command.description();
            return new CommandJson(
                    shown.name(),
                    shown.names().subList(1, shown.names().size()),
                    shown.text(),
                    command.usages(),
                    shown.wholeExample(),
                    command.hasJson());
        }
    }

    private static CommandResult unknown(Order order, String word) {
        return order.voice().fail("❓ ", "Unknown command: '" + word + "'. Type 'help' for available commands.");
    }

    /// Returns what can follow `help`.
    static List<Frame.Word> words(List<Command> commands) {
        return Stream.of(
                        commands.stream()
                                .map(Command::description)
                                .map(shown -> new Frame.Word(shown.name(), shown.text(), false)),
                        topics().map(group ->
                                new Frame.Word(group.topic().orElseThrow(), names(commands, group), false)),
                        Stream.of(new Frame.Word(ALL, "every command", false)))
                .flatMap(words -> words)
                .toList();
    }

    private static CommandResult overview(Order order, List<Command> commands) {
        sections(
                order,
                commands,
                Arrays.stream(Group.values())
                        .filter(group -> group.topic().isEmpty())
                        .toList());
        order.say("");
        order.say("  MORE COMMANDS:");
        topics().forEach(group -> order.say(
                "    " + pad(group.topic().orElseThrow(), "messages".length()) + " → " + names(commands, group)));
        order.say("");
        order.say("💡 'help <command>' explains one, 'help <topic>' a topic such as pools, 'help all' everything");
        return CommandResult.DONE;
    }

    private static CommandResult explain(Order order, List<Command> commands, String word) {
        List<Group> topic = topics().filter(group -> group.topic().orElseThrow().equals(word))
                .toList();
        // A topic can have the name of a command, as "status" could: the command is what was typed.
        List<Command> named = commands.stream()
                .filter(command -> command.description().names().stream().anyMatch(name -> name.equals(word)))
                .toList();
        List<Command> begun = commands.stream()
                .filter(command -> command.description().name().startsWith(word + " "))
                .toList();
        if (named.isEmpty() && begun.isEmpty()) {
            return topic.isEmpty() ? unknown(order, word) : sections(order, commands, topic);
        }
        order.say("📚 HELP: " + word);
        Stream.concat(named.stream(), begun.stream()).forEach(command -> explain(order, command));
        return CommandResult.DONE;
    }

    private static void explain(Order order, Command command) {
        Description shown = command.description();
        order.say("");
        order.say("  " + shown.text());
        command.usages().forEach(usage -> order.say("    Usage:   " + usage));
        order.say("    Example: " + shown.wholeExample());
        if (shown.names().size() > 1) {
            order.say("    Aliases: "
                    + String.join(", ", shown.names().subList(1, shown.names().size())));
        }
        if (command.hasJson()) {
            order.say("    Option:  --json prints JSON for programs");
        }
    }

    private static CommandResult sections(Order order, List<Command> commands, List<Group> groups) {
        List<Description> all = commands.stream()
                .map(Command::description)
                .filter(shown -> groups.contains(shown.group()))
                .toList();
        int width = all.stream()
                .mapToInt(shown -> usage(shown).length())
                .filter(length -> length <= WIDEST)
                .max()
                .orElse(0);
        order.say("📚 Available Commands:");
        for (Group group : groups) {
            order.say("");
            order.say("  " + group.title + ":");
            all.stream().filter(shown -> shown.group() == group).forEach(shown -> say(order, shown, width));
        }
        return CommandResult.DONE;
    }

    private static void say(Order order, Description shown, int width) {
        String usage = usage(shown);
        if (usage.length() > width) {
            order.say("    " + usage);
        }
        order.say("    " + pad(usage.length() > width ? "" : usage, width) + " → " + shown.text());
        order.say("    " + pad("", width) + "   Example: " + shown.wholeExample());
    }

    private static Stream<Group> topics() {
        return Arrays.stream(Group.values()).filter(group -> group.topic().isPresent());
    }

    private static String names(List<Command> commands, Group group) {
        return commands.stream()
                .map(Command::description)
                .filter(shown -> shown.group() == group)
                .map(Description::name)
                .collect(Collectors.joining(", "));
    }

    private static String usage(Description shown) {
        return (String.join(" / ", shown.names()) + " " + shown.arguments()).strip();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
