package dev.banyan.console.session;

import dev.banyan.console.Command;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import java.util.List;
import java.util.function.Supplier;

/// `help`: every command with a description and an example, in the seed's groups.
final class HelpCommand implements Command {

    /// A longer usage gets its own line.
    private static final int WIDEST = 52;

    private final Supplier<List<Command>> commands;

    HelpCommand(Supplier<List<Command>> commands) {
        this.commands = commands;
    }

    @Override
    public Description description() {
        return new Description(Group.UTILITY, List.of("help"), "", "", "Show this page", 0, 0);
    }

    @Override
    public boolean needsAccount() {
        return false;
    }

    @Override
    public Outcome run(Order order) {
        List<Description> all =
                commands.get().stream().map(Command::description).toList();
        int width = all.stream()
                .mapToInt(shown -> usage(shown).length())
                .filter(length -> length <= WIDEST)
                .max()
                .orElse(0);
        order.say("📚 Available Commands:");
        for (Group group : Group.values()) {
            order.say("");
            order.say("  " + group.title() + ":");
            all.stream().filter(shown -> shown.group() == group).forEach(shown -> say(order, shown, width));
        }
        return Outcome.DONE;
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
