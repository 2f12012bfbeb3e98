package dev.banyan.console;

import java.util.List;
import java.util.function.Supplier;

/// `help`: every command with what it does and an example, in the seed's groups.
final class HelpCommand implements Command {

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
        int width = all.stream().mapToInt(shown -> usage(shown).length()).max().orElse(0);
        order.say("📚 Available Commands:");
        for (Group group : Group.values()) {
            order.say("");
            order.say("  " + group.title() + ":");
            all.stream().filter(shown -> shown.group() == group).forEach(shown -> {
                order.say("    " + pad(usage(shown), width) + " → " + shown.text());
                order.say("    " + pad("", width) + "   Example: " + shown.wholeExample());
            });
        }
        return Outcome.DONE;
    }

    private static String usage(Description shown) {
        return shown.names().size() == 1 ? shown.usage() : String.join(" / ", shown.names()) + " " + shown.arguments();
    }

    private static String pad(String text, int width) {
        return text.strip() + " ".repeat(width - text.strip().length());
    }
}
