package dev.banyan.console.session;

import dev.banyan.console.Command;
import dev.banyan.console.Command.Description;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Order;
import java.util.List;

/// What `help` prints: every command with a description and an example, in the seed's groups.
final class HelpText {

    /// A longer usage gets its own line.
    private static final int WIDEST = 52;

    private HelpText() {}

    static CommandResult print(Order order, List<Command> commands) {
        List<Description> all = commands.stream().map(Command::description).toList();
        int width = all.stream()
                .mapToInt(shown -> usage(shown).length())
                .filter(length -> length <= WIDEST)
                .max()
                .orElse(0);
        order.say("📚 Available Commands:");
        for (Command.Group group : Command.Group.values()) {
            order.say("");
            order.say("  " + group.title() + ":");
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

    private static String usage(Description shown) {
        return (String.join(" / ", shown.names()) + " " + shown.arguments()).strip();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
