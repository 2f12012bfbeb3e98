package dev.banyan.console.session;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.ConsoleAccounts;
import dev.banyan.console.ConsoleOutput;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.console.Screen;
import dev.banyan.console.TypedLine;
import dev.banyan.console.moving.DataCommands;
import dev.banyan.console.moving.ExportConfigCommand;
import dev.banyan.console.moving.ImportConfigCommand;
import dev.banyan.console.numbers.PoolCommands;
import dev.banyan.console.numbers.StatusCommand;
import dev.banyan.console.numbers.UseCommand;
import dev.banyan.platform.audit.Actor;
import dev.banyan.whatsapp.configfile.ConfigExport;
import dev.banyan.whatsapp.configfile.ConfigImport;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Parses a line, finds its command and account, and runs it.
@Singleton
public final class Commands {

    /// The actor of all commands: only the person who runs the server can read the token.
    private static final Actor CONSOLE = new Actor(Optional.empty(), "console");

    private static final int SUGGESTED = 200;
    private static final String WAIT = "--wait";
    private static final String JSON = "--json";

    private final Map<String, Command> byName = new LinkedHashMap<>();
    private final ConsoleAccounts accounts;

    Commands(
            PoolCommands numbers,
            ConfigImport configImport,
            ConfigExport configExport,
            ConsoleAccounts accounts,
            DataCommands moves) {
        this.accounts = accounts;
        // In the order of `help`, which is the seed's.
        Stream.of(
                        numbers.devices(),
                        numbers.secondaries(),
                        List.of(
                                new UseCommand(accounts),
                                new ImportConfigCommand(configImport),
                                new ExportConfigCommand(configExport),
                                moves.migrateProject(),
                                moves.exportWorkspace(),
                                moves.importWorkspace(),
                                new HelpCommand(this::all),
                                new QuitCommand()))
                .flatMap(List::stream)
                .forEach(command -> command.description().names().forEach(name -> byName.put(name, command)));
    }

    /// @param waits see [Order]; `--wait` in the line also sets it
    /// @param attached see [Order]
    public Outcome run(String line, Optional<String> account, boolean waits, String attached, Screen screen) {
        TypedLine typed = TypedLine.of(line);
        ConsoleOutput voice = voice(line, screen);
        if (typed.openQuote().isPresent()) {
            return voice.warn("The quote " + typed.openQuote().get() + " is not closed");
        }
        List<String> words = typed.words();
        Optional<Called> called = called(words);
        if (called.isEmpty()) {
            return unknown(words, voice);
        }
        Command command = called.get().command();
        boolean json = voice.json();
        List<String> arguments = called.get().arguments().stream()
                .filter(word -> !word.equals(WAIT) && !word.equals(JSON))
                .toList();
        Command.Description description = command.description();
        if (json && !command.hasJson()) {
            return voice.warn("'" + description.name() + "' has no " + JSON);
        }
        if (arguments.size() < description.fewest() || arguments.size() > description.most()) {
            Outcome refused = voice.usage(command.usages());
            if (arguments.size() > description.most() && description.most() > 1) {
                voice.say("💡 What has spaces in it goes in quotes: " + description.wholeExample());
            }
            return refused;
        }
        Optional<Account> actingFor = Optional.empty();
        if (command.needsAccount()) {
            switch (accounts.choose(account)) {
                case ConsoleAccounts.Chosen.Found found -> actingFor = Optional.of(found.account());
                case ConsoleAccounts.Chosen.Refused refused -> {
                    return refused.tell(voice);
                }
            }
        }
        return command.run(new Order(
                arguments, actingFor, account, json, waits || words.contains(WAIT), attached, CONSOLE, screen));
    }

    /// Returns the output for a line, in its format.
    static ConsoleOutput voice(String line, Screen screen) {
        return new ConsoleOutput(screen, TypedLine.of(line).words().contains(JSON));
    }

    /// @param arguments the words after its name, which may have two words
    private record Called(Command command, List<String> arguments) {}

    private Optional<Called> called(List<String> words) {
        if (words.isEmpty()) {
            return Optional.ofNullable(byName.get(StatusCommand.NAME)).map(command -> new Called(command, List.of()));
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
    private Outcome unknown(List<String> words, ConsoleOutput voice) {
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
        Optional<Account> actingFor = accounts.choose(account) instanceof ConsoleAccounts.Chosen.Found(Account found)
                ? Optional.of(found)
                : Optional.empty();
        List<Frame.Word> possible = Stream.concat(
                        seconds.stream(),
                        called.get().command().suggest(actingFor, called.get().arguments()).stream())
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
