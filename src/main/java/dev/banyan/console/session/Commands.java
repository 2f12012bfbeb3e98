package dev.banyan.console.session;

import static dev.banyan.console.Command.Group.SESSION;
import static dev.banyan.console.Command.Group.UTILITY;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.ConsoleAccounts;
import dev.banyan.console.ConsoleOutput;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Screen;
import dev.banyan.console.TypedLine;
import dev.banyan.console.moving.DataCommands;
import dev.banyan.console.numbers.CampaignCommands;
import dev.banyan.console.numbers.ConnectionCommands;
import dev.banyan.console.numbers.FailoverCommands;
import dev.banyan.console.numbers.NumberCommands;
import dev.banyan.console.numbers.PoolCommands;
import dev.banyan.platform.audit.Actor;
import jakarta.inject.Singleton;

/// Parses a line, finds its command and account, and runs it.
@Singleton
public final class Commands {

    /// The actor of all commands: only the person who runs the server can read the token.
    private static final Actor CONSOLE = new Actor(Optional.empty(), "console");

    private static final int SUGGESTED = 200;
    private static final String STATUS = "status";
    private static final String WAIT = "--wait";
    private static final String JSON = "--json";
    private static final Set<String> HELP = Set.of("--help", "-h");

    private record AccountJson(String account, String displayName) {}

    private final Map<String, Command> byName = new LinkedHashMap<>();
    private final ConsoleAccounts accounts;

    Commands(
            NumberCommands numbers,
            PoolCommands pools,
            ConnectionCommands connections,
            FailoverCommands failovers,
            CampaignCommands campaigns,
            DataCommands data,
            ConsoleAccounts accounts) {
        this.accounts = accounts;
        // In the order of `help`, which is the seed's.
        Stream.of(
                        numbers.all(),
                        pools.all(),
                        connections.all(),
                        failovers.all(),
                        campaigns.all(),
                        List.of(SESSION.command("use", "Choose the account to act for", this::use)
                                .taking(0, 1, "[username]", "creativeagency")
                                .suggesting((_, _) -> candidates())
                                .withoutAccount()),
                        data.all(),
                        List.of(
                                UTILITY.command(
                                                "help",
                                                "Show this page, or explain a command",
                                                order -> HelpText.print(order, all()))
                                        .taking(0, 2, "[command|all]", "add-secondary")
                                        .suggesting((_, _) -> HelpText.words(all()))
                                        .withoutAccount(),
                                UTILITY.command("quit", "Close the console; the server keeps running", Commands::quit)
                                        .aliases("exit")
                                        .withoutJson()
                                        .withoutAccount()))
                .flatMap(List::stream)
                .forEach(command -> command.description().names().forEach(name -> byName.put(name, command)));
    }

    /// Chooses the account that the console acts for; without a name, shows it.
    private CommandResult use(Order order) {
        Account account = accounts.choose(order.words().stream().findFirst().or(order::named));
        order.say("Acting for " + account.username() + " (" + account.displayName() + ")");
        order.done(new AccountJson(account.username(), account.displayName()));
        return CommandResult.actingFor(account.username());
    }

    private List<Frame.Word> candidates() {
        return accounts.candidates(ConsoleAccounts.LISTED).stream()
                .map(candidate -> new Frame.Word(candidate.username(), candidate.displayName(), false))
                .toList();
    }

    /// Closes the terminal. The server keeps running.
    private static CommandResult quit(Order order) {
        order.say("👋 Exiting device manager...");
        return CommandResult.QUIT;
    }

    /// @param waits see [Order]; `--wait` in the line also sets it
    /// @param attached see [Order]
    public CommandResult run(String line, Optional<String> account, boolean waits, String attached, Screen screen) {
        ConsoleOutput voice = voice(line, screen);
        try {
            return run(TypedLine.of(line), account, waits, attached, voice);
        } catch (CommandRefused refused) {
            return refused.tell(voice);
        }
    }

    private CommandResult run(
            TypedLine typed, Optional<String> account, boolean waits, String attached, ConsoleOutput voice) {
        if (typed.openQuote().isPresent()) {
            return voice.warn("The quote " + typed.openQuote().get() + " is not closed");
        }
        List<String> words = typed.words();
        Optional<Called> called = called(words);
        if (called.isEmpty()) {
            return unknown(words, voice);
        }
        Command command = called.get().command();
        List<String> arguments = called.get().arguments().stream()
                .filter(word -> !word.equals(WAIT) && !word.equals(JSON))
                .toList();
        Command.Description description = command.description();
        if (arguments.stream().anyMatch(HELP::contains)) {
            return run(TypedLine.of("help " + description.name()), account, waits, attached, voice);
        }
        if (voice.json() && !command.hasJson()) {
            return voice.warn("'" + description.name() + "' does not support " + JSON);
        }
        if (arguments.size() < description.fewest() || arguments.size() > description.most()) {
            CommandResult refused = voice.usage(command.usages());
            if (arguments.size() > description.most() && description.most() > 1) {
                voice.say("💡 Put values with spaces in quotes: " + description.wholeExample());
            }
            return refused;
        }
        return command.function()
                .apply(new Order(
                        command,
                        arguments,
                        command.needsAccount() ? Optional.of(accounts.choose(account)) : Optional.empty(),
                        account,
                        voice.json(),
                        // A program can't press Enter, so it waits only if it says so.
                        waits && !voice.json() || words.contains(WAIT),
                        attached,
                        CONSOLE,
                        voice.screen()));
    }

    /// Returns the output for a line, in its format.
    static ConsoleOutput voice(String line, Screen screen) {
        return new ConsoleOutput(screen, TypedLine.of(line).words().contains(JSON));
    }

    /// @param arguments the words after its name, which may have two words
    private record Called(Command command, List<String> arguments) {}

    private Optional<Called> called(List<String> words) {
        if (words.isEmpty()) {
            return Optional.ofNullable(byName.get(STATUS)).map(command -> new Called(command, List.of()));
        }
        String first = words.getFirst().toLowerCase(Locale.ROOT);
        Optional<Command> two = words.size() == 1
                ? Optional.empty()
                : Optional.ofNullable(byName.get(first + " " + words.get(1).toLowerCase(Locale.ROOT)));
        return two.map(command -> new Called(command, words.subList(2, words.size())))
                .or(() -> Optional.ofNullable(byName.get(first))
                        .map(command -> new Called(command, words.subList(1, words.size()))));
    }

    /// Handles an unknown command; it may be the first half of a two-word name.
    private CommandResult unknown(List<String> words, ConsoleOutput voice) {
        String begun = words.getFirst().toLowerCase(Locale.ROOT) + " ";
        List<Command> meant = byName.entrySet().stream()
                .filter(named -> named.getKey().startsWith(begun))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
        return meant.isEmpty()
                ? voice.fail("❓ ", "Unknown command: '" + words.getFirst() + "'. Type 'help' for available commands.")
                : voice.usage(meant.stream()
                        .flatMap(command -> command.usages().stream())
                        .toList());
    }

    /// Suggests completions for the last word of a line, up to a limit.
    public List<Frame.Word> suggest(String line, Optional<String> account) {
        TypedLine typed = TypedLine.of(line);
        int whole = typed.words().size() - (typed.endsInsideWord() ? 1 : 0);
        List<String> before = typed.words().subList(0, whole);
        String begun = typed.endsInsideWord() ? typed.words().getLast() : "";
        List<Frame.Word> possible = before.isEmpty() ? names() : arguments(before, begun, account);
        return possible.stream()
                .filter(word -> word.text().startsWith(begun))
                .limit(SUGGESTED)
                .toList();
    }

    private List<Frame.Word> names() {
        var words = new LinkedHashMap<String, Frame.Word>();
        byName.forEach((name, command) -> words.putIfAbsent(
                name.split(" ")[0],
                new Frame.Word(name.split(" ")[0], command.description().text(), false)));
        return List.copyOf(words.values());
    }

    private List<Frame.Word> arguments(List<String> before, String begun, Optional<String> account) {
        Optional<Called> called = called(before);
        List<Frame.Word> seconds = before.size() == 1 ? secondWords(before.getFirst()) : List.of();
        if (called.isEmpty()
                || called.get().arguments().size()
                        >= called.get().command().description().most()) {
            return seconds;
        }
        List<Frame.Word> possible = Stream.concat(
                        seconds.stream(),
                        called
                                .get()
                                .command()
                                .suggestions()
                                .words(accounts.find(account), called.get().arguments())
                                .stream())
                .toList();
        // Ids come first; names are suggested only if people would type them.
        List<Frame.Word> ids = possible.stream()
                .filter(word -> !word.isName() && word.text().startsWith(begun))
                .toList();
        return ids.isEmpty() ? possible : ids;
    }

    /// Suggests the second words of two-word commands that begin with this one.
    private List<Frame.Word> secondWords(String first) {
        String begun = first.toLowerCase(Locale.ROOT) + " ";
        return byName.entrySet().stream()
                .filter(named -> named.getKey().startsWith(begun))
                .map(named -> new Frame.Word(
                        named.getKey().substring(begun.length()),
                        named.getValue().description().text(),
                        false))
                .toList();
    }

    /// Returns each command once, in the order of `help`.
    List<Command> all() {
        return byName.values().stream().distinct().toList();
    }
}
